import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { formatAreaName, pressureOfMark } from '@/care/body-areas';
import { noteFields } from '@/care/session-notes';
import type { EventActor } from '@/db/access/audit-trail';
import { UNDECRYPTABLE_TEXT } from '@/db/access/encryption';
import type { WrittenNote } from '@/db/care/session-notes';
import type { Practice } from '@/db/practice/practice';
import { BodyFigure } from './body-figure';
import { BodyMapLegend } from './body-map-field';
import { NEXT_SESSION_LABELS, NOTE_FIELD_LABELS } from './note-labels';

/** A note for reading: what was signed, and below it what was added since. */
export function ReadOnlyNote({ note, practice, now }: { note: WrittenNote; practice: Practice; now: number }) {
  const { content, signed, amendments } = note;
  return (
    <div className="border-t border-ink pt-6">
      <p className="mb-4 text-small font-medium">
        {signed
          ? `Signed ${formatDayAndTime(signed.at, practice, now)} by ${nameOf(signed.by)}.`
          : `A draft, last saved ${formatDayAndTime(note.updatedAt, practice, now)}.`}
      </p>
      {content === null ? (
        <p className="max-w-measure pb-4">{UNDECRYPTABLE_TEXT}</p>
      ) : (
        <div className="grid gap-8 board:grid-cols-[minmax(0,1fr)_500px] board:gap-x-16">
          <dl className="grid content-start gap-4 mid:grid-cols-2 mid:gap-x-8">
            {noteFields.map((field) => (
              <div key={field} className="min-w-0">
                <dt className="text-small text-soft">{NOTE_FIELD_LABELS[field].label}</dt>
                <dd className="font-serif text-[1.0625rem] leading-[1.625rem] wrap-anywhere whitespace-pre-line">
                  {content[field] || 'Nothing'}
                </dd>
              </div>
            ))}
            <div className="min-w-0">
              <dt className="text-small text-soft">Next time</dt>
              <dd className="font-serif text-[1.0625rem] leading-[1.625rem] wrap-anywhere whitespace-pre-line">
                {[content.nextChoice && NEXT_SESSION_LABELS[content.nextChoice], content.nextWords]
                  .filter(Boolean)
                  .join('. ') || 'Nothing'}
              </dd>
            </div>
            <div className="min-w-0">
              <dt className="text-small text-soft">Pressure that worked</dt>
              <dd className="font-serif text-[1.0625rem] leading-[1.625rem]">
                {Object.entries(content.areas).some(([, mark]) => pressureOfMark(mark)) ? (
                  <ul>
                    {Object.entries(content.areas)
                      .filter(([, mark]) => pressureOfMark(mark))
                      .map(([id, mark]) => (
                        <li key={id} className="first-letter:uppercase">
                          {formatAreaName(id)}: {pressureOfMark(mark)}
                        </li>
                      ))}
                  </ul>
                ) : (
                  'Not noted'
                )}
              </dd>
            </div>
          </dl>
          {Object.keys(content.areas).length > 0 && (
            <section aria-label="Where" className="grid gap-4">
              <div className="flex justify-around gap-3">
                <BodyFigure view="back" marks={content.areas} onPress={null} />
                <BodyFigure view="front" marks={content.areas} onPress={null} />
              </div>
              <BodyMapLegend marks={content.areas} />
            </section>
          )}
        </div>
      )}
      {amendments.length > 0 && (
        <section aria-label="Added later" className="mt-6">
          <h2 className="text-[1.1875rem]! leading-7!">Added later</h2>
          <ol className="max-w-measure border-b border-line">
            {amendments.map(({ id, at, by, text }) => (
              <li key={id} className="border-t border-line py-3 first:border-t-0">
                <p className="text-small text-soft">
                  {formatDayAndTime(at, practice, now)}, by {nameOf(by)}
                  {text && `. Reason: ${text.reason}`}
                </p>
                <p className="font-serif text-[1.0625rem] leading-[1.625rem] wrap-anywhere whitespace-pre-line">
                  {text?.words ?? UNDECRYPTABLE_TEXT}
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function nameOf(by: EventActor): string {
  return by.kind === 'staff' ? by.name : 'somebody';
}
