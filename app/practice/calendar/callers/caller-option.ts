import type { PhoneClient } from '@/db/people/find-callers';
import { formatMonthName } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

/** A client in the list of search results. */
export interface CallerOption {
  id: string;
  name: string;
  /** '087 555 0134, has a plan with Mira'. */
  about: string;
  lastMassage: PhoneClient['lastMassage'];
}

export function toCallerOption(
  { id, name, email, phone, planWith, lastVisitAt, lastMassage }: PhoneClient,
  { timeZone, now }: { timeZone: string; now: number },
): CallerOption {
  const seen = planWith
    ? `has a plan with ${extractFirstName(planWith)}`
    : lastVisitAt === null
      ? ''
      : `last here in ${formatMonthNear(toWallTime(timeZone, lastVisitAt).on, toWallTime(timeZone, now).on)}`;
  return { id, name, about: [phone ?? email, seen].filter(Boolean).join(', '), lastMassage };
}

/** 'May', or 'May 2025' when that is more than eleven months ago. */
function formatMonthNear(on: string, today: string): string {
  const monthsAgo = monthsOf(today) - monthsOf(on);
  return monthsAgo > 11 ? `${formatMonthName(on)} ${on.slice(0, 4)}` : formatMonthName(on);
}

function monthsOf(on: string): number {
  return Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7));
}
