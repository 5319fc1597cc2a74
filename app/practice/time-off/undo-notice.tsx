import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { UndoableChange } from '@/db/booking/undo-change';
import { sayTime } from '@/scheduling/wording';
import { undo } from './actions';

/** What was just done, until when it can be undone, and the press that does so. */
export function UndoNotice({
  change,
  practice,
}: {
  change: UndoableChange;
  practice: { timeZone: string; locale: string };
}) {
  const { timeZone, locale } = practice;
  const until = sayTime(timeZone, change.until, locale);
  return (
    <ActionForm action={undo} className="pb-10">
      <input type="hidden" name="id" value={change.id} />
      <Notice tone="good" title={`Done: ${sayCounts(change.facts)}`}>
        <p className="mb-3">The e-mails go out at {until}. Until then all of it can be undone.</p>
        <Button kind="plain" slim>
          Undo it
        </Button>
      </Notice>
    </ActionForm>
  );
}

/** '3 moved, 1 cancelled, 1 left as it is'. */
function sayCounts(facts: Record<string, unknown>): string {
  const count = (name: string) => Number(facts[name] ?? 0);
  const counts = [
    { many: count('moved'), what: 'moved' },
    { many: count('cancelled'), what: 'cancelled' },
    { many: count('kept'), what: count('kept') === 1 ? 'left as it is' : 'left as they are' },
  ];
  return counts
    .filter(({ many }) => many > 0)
    .map(({ many, what }) => `${many} ${what}`)
    .join(', ');
}
