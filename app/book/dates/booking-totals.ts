import type { OfferedService } from '@/app/book/booking-choice';
import {
  countSessionsByService,
  formatList,
  formatServiceNameInSentence,
  getServiceNameById,
  getServicePriceCents,
  type MoneyFormat,
} from '@/app/book/booking-wording';
import { parseReplacement } from '@/app/book/query-params';
import { LATE_BOOKING_UNDO_MINUTES } from '@/scheduling/booking-policy';
import { formatMoney } from '@/scheduling/format-money';
import { formatDuration } from '@/scheduling/formatting';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';
import type { DateRow } from './date-rows';

/** The totals of the dates in words, with the chosen repairs. */
export function computeBookingTotals(
  rows: DateRow[],
  minutes: number,
  services: OfferedService[],
  { timeZone, ...money }: MoneyFormat & { timeZone: string },
) {
  const keptRows = rows.filter(({ pick }) => pick !== 'skip');
  const starts = keptRows.map((row) => startOf(row, timeZone));
  const ladder = keptRows.map(({ serviceId }) => serviceId);
  const price = (cents: number) => formatMoney(cents, money.currency, money.locale);
  const isForTwo = rows.some(({ besideId }) => besideId !== undefined);
  const costs = keptRows.flatMap((row) =>
    giversOf(row).map((giver, person) => {
      const serviceId = person === 0 ? row.serviceId : (row.besideServiceId ?? row.serviceId);
      const length = person === 0 ? minutes : (row.besideMinutes ?? minutes);
      return { serviceId, length, cents: getServicePriceCents(serviceId, length, services, giver) };
    }),
  );
  const hasLengths = new Set(costs.map(({ length }) => length)).size > 1;
  const sum = price(costs.reduce((cents, cost) => cents + cost.cents, 0));
  const booked = [...ladder, ...costs.map(({ serviceId }) => serviceId)];
  const each = countSessionsByService(booked).flatMap(({ serviceId }) => {
    const ofIt = costs
      .filter((cost) => cost.serviceId === serviceId)
      .map(({ length, cents }) => `${hasLengths ? `, ${length} minutes,` : ''} at ${price(cents)}`);
    return [...new Set(ofIt)].map((which) => {
      const sessions = ofIt.filter((other) => other === which).length;
      return `${sessions} ${formatServiceNameInSentence(getServiceNameById(serviceId, services))}${which}`;
    });
  });
  return {
    count: keptRows.length,
    sum,
    heading: `${keptRows.length} ${keptRows.length === 1 ? 'session' : 'sessions'}${isForTwo ? ' for two' : ''}, ${sum}`,
    price: `${costs.length === 1 ? sum : each.join(hasLengths ? '; ' : ', ')}. Pay at ${keptRows.length === 1 ? 'the' : 'each'} visit.`,
    time: formatDuration(minutes * keptRows.length) + formatTimeOfSecond(keptRows, minutes),
    massages: formatList(
      countSessionsByService(booked).map(({ serviceId }) =>
        formatServiceNameInSentence(getServiceNameById(serviceId, services)),
      ),
    ),
    firstAt: keptRows.length === 0 ? null : Math.min(...starts),
    lastOn: keptRows.length === 0 ? null : toWallTime(timeZone, Math.max(...starts)).on,
  };
}

/** Warns of a date that is too near to be changed by the manage link; empty if there is none. */
export function describeTooLateToChange(
  { firstAt, count }: { firstAt: number | null; count: number },
  practice: { cancelCutoffMinutes: number; moveCutoffMinutes: number; name: string; phone: string },
  now: number,
): string {
  if (firstAt === null || firstAt - now > practice.cancelCutoffMinutes * 60_000) return '';
  const whichPrice = count === 1 ? 'This one' : 'The first';
  const what = firstAt - now > practice.moveCutoffMinutes * 60_000 ? 'cancel' : 'change';
  const undo = `You can cancel it by your link for ${LATE_BOOKING_UNDO_MINUTES} minutes after you book.`;
  return `${whichPrice} is closer than that. ${undo} After that, to ${what} it, ${formatHowToContact(practice)}.`;
}

/** The start of a date; if it was moved, its new start. */
function startOf(row: DateRow, timeZone: string): number {
  const pick = parseReplacement(row.pick);
  return pick?.kind === 'move' ? toInstant(timeZone, pick.on, pick.time) : row.startsAt;
}

/** ', and 2 hours for the second person', where the second person's time differs. */
function formatTimeOfSecond(rows: DateRow[], minutes: number): string {
  const own = rows.reduce((sum, { besideMinutes = minutes }) => sum + besideMinutes, 0);
  return own === minutes * rows.length ? '' : `, and ${formatDuration(own)} for the second person`;
}

/** The therapist of a date, or both where two people come at the same time. */
function giversOf(row: DateRow): string[] {
  const pick = parseReplacement(row.pick);
  const { therapistId, besideId } = pick?.kind === 'move' ? pick : row;
  return besideId === undefined ? [therapistId] : [therapistId, besideId];
}
