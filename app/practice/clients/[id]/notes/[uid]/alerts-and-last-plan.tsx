import { AlertList } from '@/app/practice/clients/[id]/alert-list';
import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { UNDECRYPTABLE_TEXT } from '@/db/access/encryption';
import type { OpenedNote } from '@/db/care/session-notes';
import type { Practice } from '@/db/practice/practice';
import { extractFirstName } from '@/scheduling/name-formatting';
import { BodyMapLegend } from './body-map-field';
import { NEXT_SESSION_LABELS, NOTE_FIELD_LABELS } from './note-labels';

/** What to know before writing: the alerts, and what was planned last time. */
export function AlertsAndLastPlan(props: { opened: OpenedNote; alerts: string[]; practice: Practice; now: number }) {
  const { opened, practice, now } = props;
  const { last, extraMinutes } = opened;
  const alerts = [...props.alerts, ...(extraMinutes > 0 ? [`${extraMinutes} minutes more are kept for them`] : [])];
  const content = last?.note.content;
  const planned = content && [
    content.plan,
    [content.nextChoice && NEXT_SESSION_LABELS[content.nextChoice], content.nextWords].filter(Boolean).join('. '),
  ];
  return (
    <>
      <AlertList alerts={alerts} className="border-t" />
      {last && (
        <section aria-label="Last time" className="border-t border-line py-4">
          <p className="text-small text-soft">
            Last time, {formatDayAndTime(last.startsAt, practice, now)}, with {extractFirstName(last.therapist)}
            {last.note.signed ? '' : ', not signed yet'}
          </p>
          {content ? (
            <>
              {planned?.filter(Boolean).map((words) => (
                <p
                  key={words}
                  className="max-w-measure font-serif text-[1.0625rem] leading-[1.625rem] whitespace-pre-line"
                >
                  {words}
                </p>
              ))}
              {!planned?.some(Boolean) && <p className="text-soft">Nothing was planned.</p>}
              <details>
                <summary className="inline-flex min-h-11 cursor-pointer items-center text-small text-euc underline underline-offset-[0.2em]">
                  The rest of that note
                </summary>
                <dl className="grid max-w-measure gap-3 pb-2">
                  {(['said', 'found', 'did'] as const).map((field) => (
                    <div key={field}>
                      <dt className="text-small text-soft">{NOTE_FIELD_LABELS[field].label}</dt>
                      <dd className="font-serif whitespace-pre-line">{content[field] || 'Nothing'}</dd>
                    </div>
                  ))}
                </dl>
                <BodyMapLegend marks={content.areas} />
              </details>
            </>
          ) : (
            <p className="text-soft">{UNDECRYPTABLE_TEXT}</p>
          )}
        </section>
      )}
    </>
  );
}
