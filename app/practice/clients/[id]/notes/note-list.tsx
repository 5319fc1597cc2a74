import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { TickMark } from '@/components/date-state-mark';
import type { AppointmentNoteStatus } from '@/db/care/session-notes';
import type { Practice } from '@/db/practice/practice';
import { extractFirstName } from '@/scheduling/name-formatting';
import { sessionNoteHref } from './session-note-href';

/**
 * Sessions with the state of their notes; `named` adds the client's name. No note is fetched before its link is
 * pressed.
 */
export function NoteList(props: { notes: AppointmentNoteStatus[]; practice: Practice; now: number; named?: boolean }) {
  const { notes, practice, now, named } = props;
  return (
    <ul className="border-y border-line border-t-ink">
      {notes.map((note) => (
        <li
          key={note.uid}
          className="flex flex-wrap items-center justify-between gap-x-4 border-t border-line py-1 first:border-t-0"
        >
          <p className="min-w-0">
            {note.state === 'none' && !note.isOwn ? (
              <span className="inline-flex min-h-11 items-center font-serif text-[1.0625rem]">
                {formatDayAndTime(note.startsAt, practice, now)}
              </span>
            ) : (
              <a href={sessionNoteHref(note)} className="inline-flex min-h-11 items-center font-serif text-[1.0625rem]">
                {named && `${note.clientName}, `}
                {formatDayAndTime(note.startsAt, practice, now)}
              </a>
            )}{' '}
            <span className="text-small text-soft">
              {note.service}
              {!named && `, with ${extractFirstName(note.therapist)}`}
            </span>
          </p>
          <p className="text-small">
            {note.state === 'signed' && (
              <span className="inline-flex items-center gap-2 text-soft">
                <TickMark /> Signed
              </span>
            )}
            {note.state === 'draft' && <span className="font-medium text-clay">Draft, not signed</span>}
            {note.state === 'none' && <span className="text-soft">Not written</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
