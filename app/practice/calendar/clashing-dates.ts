import type { ClashWithAlternatives } from '@/db/availability/find-conflict-alternatives';
import { getPractice } from '@/db/practice/practice';
import { listTherapists } from '@/db/practice/therapists';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

const MOST_NAMED = 4;

/** 'Mon 14 Dec, 14:30 with Aoife; Mon 21 Dec, 14:30 with Aoife, and 2 more': the dates of a plan that clash. */
export async function formatClashingDates(
  clashes: Pick<ClashWithAlternatives, 'startsAt' | 'therapistId'>[],
): Promise<string> {
  const [{ timeZone, locale }, team] = await Promise.all([getPractice(), listTherapists()]);
  const named = clashes.slice(0, MOST_NAMED).map(({ startsAt, therapistId }) => {
    const who = team.find(({ id }) => id === therapistId);
    const day = formatDay(toWallTime(timeZone, startsAt).on, 'short', locale);
    return `${day}, ${formatTime(timeZone, startsAt, locale)}${who ? ` with ${extractFirstName(who.name)}` : ''}`;
  });
  const more = clashes.length - named.length;
  return `${named.join('; ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** Reads clashing dates from an address: `1796…000.mira 1797…000.mira`; nonsense is left out. */
export function parseClashes(raw: unknown): { startsAt: number; therapistId: string }[] {
  return (typeof raw === 'string' ? raw.slice(0, 1_500) : '').split(' ').flatMap((value) => {
    const [, startsAt, therapistId] = /^(\d{1,14})\.([\w:.-]{1,64})$/.exec(value) ?? [];
    return therapistId === undefined ? [] : [{ startsAt: Number(startsAt), therapistId }];
  });
}
