import type { TimeCellData } from '@/app/book/times/times-grid';
import { groupEqualMassages } from '@/care/pressure-ladder';
import { type Cadence, listSeriesDays } from '@/scheduling/cadence';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { weekdayOf } from '@/scheduling/day';
import { formatMoney } from '@/scheduling/format-money';
import {
  formatCadence,
  formatDateWithoutWeekday,
  formatDay,
  formatTime,
  formatWallTime,
  formatWeekdayPlural,
} from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { BookingChoice, OfferedService } from './booking-choice';
import { getSecondPlan, hasOwnMassage } from './side-by-side';

export interface MoneyFormat {
  currency: string;
  locale: string;
}

/** First names, and full names where two therapists share a first name. One person may be named several times. */
export function makeShortNames(people: { id: string; name: string }[]): Record<string, string> {
  const idsOf = new Map<string, Set<string>>();
  for (const { id, name } of people) {
    const first = extractFirstName(name);
    idsOf.set(first, (idsOf.get(first) ?? new Set()).add(id));
  }
  return Object.fromEntries(
    people.map(({ id, name }) => {
      const first = extractFirstName(name);
      return [id, idsOf.get(first)!.size === 1 ? first : name];
    }),
  );
}

export function formatList(items: string[], last: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** 'Tom or Aoife', and 'any of 3' for three or more. */
export function formatTherapistChoice(therapists: string[], names: Record<string, string>): string {
  if (therapists.length > 2) return `any of ${therapists.length}`;
  return formatList(
    therapists.map((id) => names[id] ?? id),
    'or',
  );
}

/** 'Mira', or 'Mira and Tom' where two people come at the same time. */
export function formatGiverNames(
  { therapistId, besideId }: { therapistId: string; besideId?: string | undefined },
  names: Record<string, string>,
): string {
  return formatList([therapistId, ...(besideId === undefined ? [] : [besideId])].map((id) => names[id] ?? id));
}

/**
 * 'Thursdays at 17:30'. One massage has a date instead, and where two weeks are shown the first date tells them apart.
 */
export function formatCellDayAndTime(cell: { on: string; time: string }, cadence: Cadence, locale: string): string {
  if (cadence === 'once') return `${formatDay(cell.on, 'long', locale)} at ${formatWallTime(cell.time, locale)}`;
  const weekdays = `${formatWeekdayPlural(cell.on)} at ${formatWallTime(cell.time, locale)}`;
  return cadence === 'biweekly' ? `${weekdays} from ${formatDateWithoutWeekday(cell.on, 'long', locale)}` : weekdays;
}

/** '24 December clashes', '24 and 31 …'; more than three are counted. */
export function formatClashes(clashes: string[], locale: string): string {
  if (clashes.length === 0) return '';
  if (clashes.length > 3) return `${clashes.length} dates clash`;
  return `${formatList(clashes.map((on) => formatDateWithoutWeekday(on, 'long', locale)))} ${clashes.length === 1 ? 'clashes' : 'clash'}`;
}

/** '24 Dec clashes, 25 Dec and 1 Jan closed'; more than three are counted. Empty where nothing clashes. */
export function formatClashesInShort(clashes: string[], closed: string[], locale: string): string {
  if (clashes.length > 3) return formatClashes(clashes, locale);
  const formatDays = (days: string[]) => formatList(days.map((on) => formatDateWithoutWeekday(on, 'short', locale)));
  const clashing = clashes.filter((on) => !closed.includes(on));
  const shut = clashes.filter((on) => closed.includes(on));
  return [
    clashing.length > 0 && `${formatDays(clashing)} ${clashing.length === 1 ? 'clashes' : 'clash'}`,
    shut.length > 0 && `${formatDays(shut)} closed`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** The text of a cell: '7 of 8', or that its only date is free. */
export function formatFreeCount(cell: Pick<TimeCellData, 'open' | 'sessions'>): string {
  return cell.sessions === 1 ? 'free' : `${cell.open} of ${cell.sessions}`;
}

/** A massage's name inside a sentence: 'sports', but 'Swedish'. */
export function formatServiceNameInSentence(name: string): string {
  const isNamedAfterPeople = /^(Swedish|Thai|Indian|Hawaiian|Balinese|Japanese|Chinese)\b/.test(name);
  return isNamedAfterPeople ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/**
 * 'sports massage, which cannot be booked online here and is left out': what a question's page suggests and a plan cannot
 * have. The practice may still give it, to those who call.
 */
export function formatMassagesLeftOut(serviceIds: string[]): string {
  const names = [...new Set(serviceIds)].map((id) => id.replaceAll('-', ' '));
  return `${formatList(names)} massage, which cannot be booked online here and is left out`;
}

/** What a massage costs, and with whom. */
export type PricedMassage = Pick<OfferedService, 'id' | 'lengths' | 'ownPrices' | 'therapists'>;

/** Without a therapist it is the usual price. */
export function getServicePriceCents(
  serviceId: string,
  minutes: number,
  services: PricedMassage[],
  therapistId?: string | null,
): number {
  const service = services.find(({ id }) => id === serviceId);
  const own = service?.ownPrices?.find((price) => price.therapistId === therapistId && price.minutes === minutes);
  if (own) return own.priceCents;
  return service?.lengths.find((length) => length.minutes === minutes)?.priceCents ?? 0;
}

function sumOf(ladder: string[], minutes: number, services: PricedMassage[], therapistId?: string | null): number {
  return ladder.reduce((sum, serviceId) => sum + getServicePriceCents(serviceId, minutes, services, therapistId), 0);
}

/** 'from €426': the cost of all sessions. With anyone it is the lowest cost among those who give them all. */
export function formatLowestTotalCost(
  choice: BookingChoice,
  offer: { services: OfferedService[] },
  money: MoneyFormat,
): string {
  if (choice.isForTwo) return formatLowestTotalCostForTwo(choice, offer, money);
  return formatLowestTotalCostForOne(choice, offer, money);
}

/** The same for one person. */
export function formatLowestTotalCostForOne(
  plan: { ladder: string[]; minutes: number; therapistId: string | null },
  { services }: { services: PricedMassage[] },
  { currency, locale }: MoneyFormat,
): string {
  const { ladder, minutes, therapistId } = plan;
  const givers = therapistId ? [therapistId] : services.flatMap(({ therapists }) => therapists);
  const costs = givers
    .filter((id) => ladder.every((type) => services.find((service) => service.id === type)?.therapists.includes(id)))
    .map((id) => sumOf(ladder, minutes, services, id));
  const least = costs.length > 0 ? Math.min(...costs) : sumOf(ladder, minutes, services);
  return `${new Set(costs).size > 1 ? 'from ' : ''}${formatMoney(least, currency, locale)}`;
}

/** The lowest cost of two therapists together; a chosen therapist is one of the two. */
function formatLowestTotalCostForTwo(
  choice: BookingChoice,
  { services }: { services: OfferedService[] },
  { currency, locale }: MoneyFormat,
): string {
  const { ladder, minutes, therapistId } = choice;
  const second = getSecondPlan(choice);
  const everybody = [...new Set(services.flatMap(({ therapists }) => therapists))];
  const giversOf = (massages: string[]) =>
    everybody.filter((id) =>
      massages.every((type) => services.find((service) => service.id === type)?.therapists.includes(id)),
    );
  const others = giversOf(second.ladder);
  const costs = giversOf(ladder)
    .filter((id) => therapistId === null || id === therapistId)
    .flatMap((id) =>
      others
        .filter((otherId) => otherId !== id)
        .map(
          (otherId) => sumOf(ladder, minutes, services, id) + sumOf(second.ladder, second.minutes, services, otherId),
        ),
    );
  const least = costs.length > 0 ? Math.min(...costs) : 0;
  return `${new Set(costs).size > 1 ? 'from ' : ''}${formatMoney(least, currency, locale)}`;
}

/** 'sports, 30 minutes': the second person's massage where it differs from the first person's; otherwise null. */
export function formatSecondMassage(choice: BookingChoice, services: { id: string; name: string }[]): string | null {
  if (!choice.isForTwo || !hasOwnMassage(choice)) return null;
  const { ladder, minutes } = getSecondPlan(choice);
  const names = countSessionsByService(ladder).map(({ serviceId }) =>
    formatServiceNameInSentence(getServiceNameById(serviceId, services)),
  );
  return `${formatList(names)}, ${minutes} minutes`;
}

export function getServiceNameById(serviceId: string, services: { id: string; name: string }[]): string {
  return services.find(({ id }) => id === serviceId)?.name ?? serviceId;
}

/** The number of sessions of each massage, in the order in which the massages first appear. */
export function countSessionsByService(ladder: string[]): { serviceId: string; sessions: number }[] {
  return [...new Set(ladder)].map((serviceId) => ({
    serviceId,
    sessions: ladder.filter((id) => id === serviceId).length,
  }));
}

/** 'Eight sessions of 60 minutes, every week: Swedish for four, then sports for four. €568 in total, paid visit by visit.' */
export function describePlan(choice: BookingChoice, services: OfferedService[], money: MoneyFormat): string {
  const { ladder, sessions, minutes } = choice;
  const sum = capitalizeFirstLetter(formatLowestTotalCost(choice, { services }, money));
  const forWhom = choice.isForTwo ? ' for two, side by side' : '';
  const second = formatSecondMassage(choice, services);
  const ofSecond = second ? ` The second person has ${second}.` : '';
  const massageName = (serviceId: string) => formatServiceNameInSentence(getServiceNameById(serviceId, services));
  if (sessions === 1) {
    return `One session of ${minutes} minutes${forWhom}, ${massageName(ladder[0] ?? choice.serviceId)}.${ofSecond} ${sum}, paid at the visit.`;
  }
  const stretches = groupEqualMassages(ladder);
  const massages =
    stretches.length === 1
      ? `${massageName(stretches[0]?.serviceId ?? '')} every time`
      : stretches.length <= 3
        ? stretches
            .map(({ serviceId, sessions: n }) => `${massageName(serviceId)} for ${formatNumberInWords(n)}`)
            .join(', then ')
        : formatList(
            countSessionsByService(ladder).map(
              ({ serviceId, sessions: n }) => `${massageName(serviceId)} for ${formatNumberInWords(n)}`,
            ),
          );
  return `${capitalizeFirstLetter(formatNumberInWords(sessions))} sessions of ${minutes} minutes, ${formatCadence(choice.cadence)}${forWhom}: ${massages}.${ofSecond} ${sum} in total, paid visit by visit.`;
}

/** 'Sessions 1 to 4 are Swedish, 5 to 8 sports.' */
export function describeSessionMassages(ladder: string[], services: { id: string; name: string }[]): string {
  let position = 1;
  const parts = groupEqualMassages(ladder).map(({ serviceId, sessions }, index) => {
    const range =
      sessions === 1 ? `${position}` : `${position} ${sessions === 2 ? 'and' : 'to'} ${position + sessions - 1}`;
    position += sessions;
    const verb = index > 0 ? '' : sessions === 1 ? 'is ' : 'are ';
    return `${range} ${verb}${formatServiceNameInSentence(getServiceNameById(serviceId, services))}`;
  });
  if (parts.length === 1)
    return `Every session is ${formatServiceNameInSentence(getServiceNameById(ladder[0] ?? '', services))}.`;
  const first = groupEqualMassages(ladder)[0]?.sessions === 1 ? 'Session' : 'Sessions';
  return `${first} ${parts.join(', ')}.`;
}

/** 'Eight Thursdays at 17:30', or 'Eight dates, six of them Thursdays at 17:30' where some are at other times. */
export function describePlanDates(dates: number, usual: number, plan: string): string {
  if (usual === dates) return `${capitalizeFirstLetter(formatNumberInWords(dates))} ${plan}`;
  const all = `${capitalizeFirstLetter(formatNumberInWords(dates))} dates`;
  return usual > 1 ? `${all}, ${formatNumberInWords(usual)} of them ${plan}` : all;
}

/** The part of a choice that decides what the heading of its dates says. */
export type ChosenTime = Pick<BookingChoice, 'standing' | 'sessions' | 'cadence' | 'picks'>;

/** 'Six Thursdays at 17:30, every 2 weeks' or 'Thursday 3 December at 17:30' after moves and skips. */
export function formatChosenTime(choice: ChosenTime, locale: string): string {
  const { standing, sessions, cadence, picks } = choice;
  if (!standing) return '';
  const planned = listSeriesDays({ cadence, firstOn: standing.on, sessions }).map((on, at) => {
    const pick = picks[at + 1];
    return pick?.kind === 'skip' ? null : (pick ?? { on, time: standing.time });
  });
  const dates = planned.filter((date) => date !== null);
  const [first] = dates;
  if (!first) return 'No date is left to book';
  if (dates.length === 1) return `${formatDay(first.on, 'long', locale)} at ${formatWallTime(first.time, locale)}`;
  const usual = dates.filter(({ on, time }) => weekdayOf(on) === weekdayOf(standing.on) && time === standing.time);
  const rhythm = cadence === 'biweekly' ? `, ${formatCadence(cadence)}` : '';
  const plan = `${formatWeekdayPlural(standing.on)} at ${formatWallTime(standing.time, locale)}${rhythm}`;
  return describePlanDates(dates.length, usual.length, plan);
}

/** 'The first three are', 'They are', 'It is': which of the dates are held, to begin a sentence with. */
export function formatHeldSentenceStart(dates: number, heldDates: number): string {
  if (dates === 1) return 'It is';
  if (dates <= heldDates) return 'They are';
  return heldDates === 1 ? 'The first is' : `The first ${formatNumberInWords(heldDates)} are`;
}

/** Said where too many dates are held from one network. Nothing is lost by it, so it must not alarm. */
export function formatNotHeld(dates: number): string {
  const subject = dates === 1 ? 'This date is' : 'These dates are';
  return `${subject} not held for you while you type, because other people on your internet connection are booking too. You can still book ${dates === 1 ? 'it' : 'them'}.`;
}

/** The time alone if it is today, otherwise with the date. */
export function formatHoldEnd(
  { timeZone, locale }: { timeZone: string; locale: string },
  until: number,
  now: number,
): string {
  const { on } = toWallTime(timeZone, until);
  const time = formatTime(timeZone, until, locale);
  return on === toWallTime(timeZone, now).on ? time : `${time} on ${formatDay(on, 'long', locale)}`;
}
