// What is a time zone called? It may be written in any letter case and by an older name; here each zone has one name.
// Zones are named as in the IANA database; formatting.ts holds the names that people read.

import { getZone, type Zone } from './zone-offsets';

/** Older names that the runtime still uses, with their current names in the IANA database. */
const RENAMED: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/**
 * Returns a zone's one name, as the IANA database writes it today: in the right letter case, and the newer of two
 * names. Runtimes differ in which of the two they prefer. Throws a RangeError for an unknown zone.
 *
 * @example
 * canonicalZoneName('asia/calcutta') //=> 'Asia/Kolkata'
 */
export function canonicalZoneName(name: string): string {
  const zone = getZone(name);
  const known = namesOfZones.get(zone);
  if (known !== undefined) return known;
  const { timeZone } = zone.format.resolvedOptions();
  const isUtc = /^(Etc\/)?(UTC|UCT|GMT|Universal|Zulu|Greenwich|GMT[+-]?0)$/.test(timeZone);
  const found = isUtc ? 'UTC' : (RENAMED[timeZone] ?? timeZone);
  namesOfZones.set(zone, found);
  return found;
}

// Asking Intl takes some 10 µs, and every read of the practice needs the name.
const namesOfZones = new WeakMap<Zone, string>();
