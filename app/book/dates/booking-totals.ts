import { type OfferedService, parseReplacement } from '@/app/book/booking-url';
import {
  countSessionsByService,
  type MoneyFormat,
  sayList,
  serviceNameById,
  serviceNameInSentence,
  servicePriceCents,
} from '@/app/book/booking-wording';
import { sayDuration, sayHowToContact, sayMoney } from '@/scheduling/formatting';
import { LATE_BOOKING_UNDO_MINUTES } from '@/scheduling/policy';
import { toInstant, toWall } from '@/scheduling/zone';
import type { DateRow } from './date-rows';

/** What the dates come to, in words, with the repairs that are picked. */
export function bookingTotals(
  rows: DateRow[],
  minutes: number,
  services: OfferedService[],
  { timeZone, ...money }: MoneyFormat & { timeZone: string },
) {
  const kept = rows.filter(({ pick }) => pick !== 'skip');
  const starts = kept.map((row) => startOf(row, timeZone));
  const ladder = kept.map(({ serviceId }) => serviceId);
  const price = (cents: number) => sayMoney(cents, money.currency, money.locale);
  const isForTwo = rows.some(({ besideId }) => besideId !== undefined);
  const costs = kept.flatMap((row) =>
    giversOf(row).map((giver) => {
      return { serviceId: row.serviceId, cents: servicePriceCents(row.serviceId, minutes, services, giver) };
    }),
  );
  const sum = price(costs.reduce((cents, cost) => cents + cost.cents, 0));
  const each = countSessionsByService(ladder).flatMap(({ serviceId }) => {
    const ofIt = costs.filter((cost) => cost.serviceId === serviceId).map(({ cents }) => cents);
    return [...new Set(ofIt)].map((cents) => {
      const sessions = ofIt.filter((other) => other === cents).length;
      return `${sessions} ${serviceNameInSentence(serviceNameById(serviceId, services))} at ${price(cents)}`;
    });
  });
  return {
    count: kept.length,
    sum,
    heading: `${kept.length} ${kept.length === 1 ? 'session' : 'sessions'}${isForTwo ? ' for two' : ''}, ${sum}`,
    price: `${costs.length === 1 ? sum : each.join(', ')}. Pay at ${kept.length === 1 ? 'the' : 'each'} visit.`,
    time: sayDuration(minutes * kept.length),
    massages: sayList(
      countSessionsByService(ladder).map(({ serviceId }) =>
        serviceNameInSentence(serviceNameById(serviceId, services)),
      ),
    ),
    firstAt: kept.length === 0 ? null : Math.min(...starts),
    lastOn: kept.length === 0 ? null : toWall(timeZone, Math.max(...starts)).on,
  };
}

/** Said when a date lies so near that it could not be changed by the link any more; nothing otherwise. */
export function sayTooLateToChange(
  { firstAt, count }: { firstAt: number | null; count: number },
  practice: { cancelCutoffMinutes: number; moveCutoffMinutes: number; name: string; phone: string },
  now: number,
): string {
  if (firstAt === null || firstAt - now > practice.cancelCutoffMinutes * 60_000) return '';
  const which = count === 1 ? 'This one' : 'The first';
  const what = firstAt - now > practice.moveCutoffMinutes * 60_000 ? 'cancel' : 'change';
  const undo = `You can cancel it by your link for ${LATE_BOOKING_UNDO_MINUTES} minutes after you book.`;
  return `${which} is closer than that. ${undo} After that, to ${what} it, ${sayHowToContact(practice)}.`;
}

/** When it begins: a repaired date at the time it was moved to. */
function startOf(row: DateRow, timeZone: string): number {
  const pick = parseReplacement(row.pick);
  return pick?.kind === 'move' ? toInstant(timeZone, pick.on, pick.time) : row.startsAt;
}

/** One, or two where two come at one time. */
function giversOf(row: DateRow): string[] {
  const pick = parseReplacement(row.pick);
  const { therapistId, besideId } = pick?.kind === 'move' ? pick : row;
  return besideId === undefined ? [therapistId] : [therapistId, besideId];
}
