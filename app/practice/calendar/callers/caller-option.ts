import type { PhoneClient } from '@/db/people/callers';
import { sayFirstName, sayMonth } from '@/scheduling/formatting';
import { toWall } from '@/scheduling/zone';

/** A caller as a list of hits shows them. */
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
    ? `has a plan with ${sayFirstName(planWith)}`
    : lastVisitAt === null
      ? ''
      : `last here in ${sayMonthNear(toWall(timeZone, lastVisitAt).on, toWall(timeZone, now).on)}`;
  return { id, name, about: [phone ?? email, seen].filter(Boolean).join(', '), lastMassage };
}

/** 'May', or 'May 2025' when that is more than eleven months ago. */
function sayMonthNear(on: string, today: string): string {
  const monthsAgo = monthsOf(today) - monthsOf(on);
  return monthsAgo > 11 ? `${sayMonth(on)} ${on.slice(0, 4)}` : sayMonth(on);
}

function monthsOf(on: string): number {
  return Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7));
}
