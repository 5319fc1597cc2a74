import type { OfferedUndo } from '@/db/booking/undo-desk-change';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

/** 'Moved to Tue 1 Dec, 14:00 with Tom': the change that can be undone, in a few words. */
export function describeUndoableChange(
  { action, facts }: OfferedUndo,
  therapists: { id: string; name: string }[],
  { timeZone, locale }: { timeZone: string; locale: string },
): string {
  if (action === 'swapped') return 'Swapped';
  if (action === 'cancelled') {
    const count = Array.isArray(facts.cancelled) ? facts.cancelled.length : 1;
    return count === 1 ? 'Cancelled' : `${count} dates cancelled`;
  }
  const to = Number(facts.to);
  const when = `${formatDay(toWallTime(timeZone, to).on, 'short', locale)}, ${formatTime(timeZone, to, locale)}`;
  const who = therapists.find(({ id }) => id === facts.therapistId);
  const length = typeof facts.minutes === 'number' ? `, ${facts.minutes} minutes` : '';
  const others = Array.isArray(facts.moved) && facts.moved.length > 1 ? `, ${facts.moved.length} dates in all` : '';
  return `Moved to ${when}${who ? ` with ${extractFirstName(who.name)}` : ''}${length}${others}`;
}
