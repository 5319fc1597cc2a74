import { z } from 'zod';
import type { Db } from '@/db/connection/connection';
import { makeWholeNumberSchema, personNameSchema } from '@/db/input/field-schemas';
import {
  roomServices,
  rooms,
  serviceLengths,
  services,
  therapistServices,
  therapists,
  type WallRange,
  workingHours,
} from '@/db/schema';
import { extractFirstName } from '@/scheduling/name-formatting';
import { getCurrencyDecimals, parseMoney } from '@/scheduling/parse-money';
import { DEFAULT_LENGTHS, STARTING_SERVICES, type StartingServiceId } from './new-practice-defaults';
import { dayHoursSchema } from './parse-hours-change';

// The first offer of a new practice: its prices, one room, and the first therapist, usually the owner. Each is given as
// one line of text, as one would say it to a person.

/** Written in place of a price for a length that is not offered. */
export const NOT_OFFERED_MARK = '-';
const EXAMPLES: Record<number, string> = {
  0: '5000/8000/11000',
  2: '42/68/96.50',
  3: '12/19.500/28',
  4: '1/1.5000/2',
};
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const COLOUR = '#2C6E5B';
const LONGEST_WEEK = 1000;

interface WeekdayHours {
  weekday: number;
  ranges: WallRange[];
}

const pricesIn = (currency: string) =>
  z
    .string()
    .trim()
    .transform((text, context) => {
      if (text === 'none') return [];
      const parts = text.split('/').map((part) => part.trim());
      const lengths = parts.flatMap((part, at) =>
        part === NOT_OFFERED_MARK ? [] : [{ minutes: DEFAULT_LENGTHS[at], priceCents: parseMoney(part, currency) }],
      );
      const isRead = lengths.every(({ priceCents }) => priceCents !== null);
      if (!isRead || parts.length !== DEFAULT_LENGTHS.length || lengths.length === 0)
        return complain(
          context,
          `Give the prices of 30, 60 and 90 minutes in ${currency}, such as ${EXAMPLES[getCurrencyDecimals(currency)]}, or none.`,
        );
      return lengths as { minutes: number; priceCents: number }[];
    });

const hours = z.string().transform((text, context): WeekdayHours[] => {
  const week = text
    .slice(0, LONGEST_WEEK)
    .split(';')
    .map((part) => hoursOf(part.trim()));
  const parts = week.flatMap((part) => part ?? []);
  const isTwice = new Set(parts.map(({ weekday }) => weekday)).size < parts.length;
  if (week.includes(null) || isTwice)
    return complain(context, 'Give days and times, such as "Mon-Fri 09:00-13:00 14:00-18:00; Sat 10:00-14:00".');
  return parts;
});

/** Prices are read in the units of `currency`, an ISO 4217 code in capitals. */
export function makeStartingOfferSchema(currency: string) {
  const prices = pricesIn(currency);
  return z
    .object({
      therapistName: personNameSchema,
      /** Whether the owner is this therapist. */
      ownerGives: z.enum(['yes', 'no'], 'Say yes or no.').default('yes'),
      hours,
      roomName: personNameSchema,
      setupMinutes: makeWholeNumberSchema(0, 120).default(0),
      cleanupMinutes: makeWholeNumberSchema(0, 120).default(15),
      prices: z.object({ swedish: prices, sports: prices, 'deep-tissue': prices }),
    })
    .refine((offer) => Object.values(offer.prices).some((entry) => entry.length > 0), {
      path: ['prices', 'swedish'],
      message: 'Give the prices of at least one massage.',
    });
}

export async function insertStartingOffer(
  tx: Db,
  offer: z.output<ReturnType<typeof makeStartingOfferSchema>>,
  { userId, timeZone }: { userId: string; timeZone: string },
): Promise<void> {
  const offered = STARTING_SERVICES.filter(({ id }) => offer.prices[id].length > 0);
  const therapistId = idOf(offer.therapistName);
  await tx.insert(therapists).values({
    id: therapistId,
    userId: offer.ownerGives === 'yes' ? userId : null,
    name: offer.therapistName,
    about: '',
    colour: COLOUR,
    isActive: true,
    position: 0,
  });
  await tx.insert(services).values(
    offered.map(({ prices: _, ...service }, position) => ({
      ...service,
      setupMinutes: offer.setupMinutes,
      cleanupMinutes: offer.cleanupMinutes,
      isActive: true,
      position,
    })),
  );
  await tx
    .insert(serviceLengths)
    .values(offered.flatMap(({ id }) => offer.prices[id].map((length) => ({ serviceId: id, ...length }))));
  await tx.insert(rooms).values({ id: 'room', name: offer.roomName, position: 0 });
  const each = offered.map(({ id }: { id: StartingServiceId }) => id);
  await tx.insert(therapistServices).values(each.map((serviceId) => ({ therapistId, serviceId })));
  await tx.insert(roomServices).values(each.map((serviceId) => ({ roomId: 'room', serviceId })));
  await tx
    .insert(workingHours)
    .values(
      offer.hours.flatMap(({ weekday, ranges }) =>
        ranges.map(([from, until]) => ({ therapistId, weekday, from, until, timeZone })),
      ),
    );
}

/** Parses `Mon-Wed,Fri 09:00-13:00 14:00-18:00`; null if the text does not have that form. */
function hoursOf(text: string): WeekdayHours[] | null {
  const [days = '', ...times] = text.toLowerCase().split(/\s+/);
  const weekdays = days.split(',').flatMap(weekdaysOf);
  const read = dayHoursSchema.safeParse(times.map((time) => time.split('-')));
  if (!read.success || read.data.length === 0 || weekdays.includes(-1)) return null;
  return weekdays.map((weekday) => ({ weekday, ranges: read.data }));
}

function weekdaysOf(text: string): number[] {
  const [first = '', last = first, ...rest] = text.split('-');
  const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)];
  if (from === -1 || to === -1 || rest.length > 0) return [-1];
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, k) => (from + k) % 7);
}

/** Their id in links: the first name in plain letters, or the last name where a title comes first. */
function idOf(name: string): string {
  const plain = extractFirstName(name)
    .split(' ')
    .at(-1)!
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .find(Boolean);
  return plain && plain !== 'any' ? plain.slice(0, 40) : 'therapist';
}

function complain(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
