import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { UndoableBulkChange } from '@/db/booking/undoable-bulk-changes';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { undoAbsenceOrHandOver } from './actions';
import { formatTimeOffSpan } from './format-time-off-span';

/** What was just done, until when it can be undone, and the button for that or what stands in its way. */
export function UndoBulkChangeNotice(props: {
  change: UndoableBulkChange;
  practice: { timeZone: string; locale: string };
  /** The names of the therapists who are away, by id. */
  names: Map<string, string>;
  /** Whether the last press did it. */
  isNew: boolean;
  /** The page that it is shown on, if that is not the page of time off. */
  back?: string;
}) {
  const { change, practice, names, isNew, back } = props;
  const isAbsence = change.action === 'absence';
  const about = isAbsence ? describeAbsence(change.facts, practice, names) : describeHandOver(change, names);
  const until = formatTime(practice.timeZone, change.until, practice.locale);
  const left = change.leftTherapistIds.map((id) => extractFirstName(names.get(id) ?? ''));
  return (
    <ActionForm action={undoAbsenceOrHandOver} className="pb-10">
      <input type="hidden" name="change" value={change.id} />
      {back && <input type="hidden" name="back" value={back} />}
      <Notice
        tone="good"
        title={`${about}: ${formatCounts(change.facts)}`}
        id={isNew ? 'flash' : undefined}
        live={isNew}
      >
        <p className="mb-3">
          {isAbsence && 'Nobody can book that time now. '}
          {isMailEnabled()
            ? `The e-mails go out at ${until}; until then all of it can be undone.`
            : `All of it can be undone until ${until}. No mail server is set, so no e-mail is sent: tell the clients yourself.`}
        </p>
        {left.length > 0 ? (
          <p>{describeWhoLeft(left)}</p>
        ) : (
          <Button kind="plain" slim>
            Undo it<span className="sr-only"> for {about}</span>
          </Button>
        )}
      </Notice>
    </ActionForm>
  );
}

/** 'Mira has left the team. Bring them back first, then it can be undone.' */
function describeWhoLeft(names: string[]): string {
  const who = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)} have` : `${names[0]} has`;
  return `${who} left the team. Bring them back first, then it can be undone.`;
}

/** 'Mira Kovač, Tue 8 Dec'. */
function describeAbsence(
  facts: Record<string, unknown>,
  practice: { timeZone: string; locale: string },
  names: Map<string, string>,
): string {
  const { therapistIds, start, end } = facts as { therapistIds: string[]; start: number; end: number | null };
  const who = therapistIds.length > 1 ? 'Everyone' : (names.get(therapistIds[0] ?? '') ?? '');
  return `${who}, ${formatTimeOffSpan({ start, end }, practice)}`;
}

/** 'Nia Walsh, from Mira Kovač to Jun Sato'. */
function describeHandOver({ facts, clientName }: UndoableBulkChange, names: Map<string, string>): string {
  return `${clientName}, from ${names.get(String(facts.from)) ?? ''} to ${names.get(String(facts.to)) ?? ''}`;
}

/** '3 moved, 1 cancelled, 1 left as it is'. */
function formatCounts(facts: Record<string, unknown>): string {
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
