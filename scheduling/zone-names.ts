// What is a time zone called? It may be written in any case and have an older name; here each has one. Zones are named
// as the IANA database names them; how a zone is said to people is in words.ts.

import { getZone } from './zone-offsets';

/** What the runtime still calls by an older name, and what the IANA database calls it now. */
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
 * Gives a zone its one name, as the IANA database writes it today: the right letter case, and the newer of two names.
 * Runtimes differ in which of the two they prefer. Throws a RangeError where there is no such zone.
 *
 * @example
 * canonicalZoneName('asia/calcutta') //=> 'Asia/Kolkata'
 */
export function canonicalZoneName(name: string): string {
  const { timeZone } = getZone(name).format.resolvedOptions();
  if (/^(Etc\/)?(UTC|UCT|GMT|Universal|Zulu|Greenwich|GMT[+-]?0)$/.test(timeZone)) return 'UTC';
  return RENAMED[timeZone] ?? timeZone;
}
