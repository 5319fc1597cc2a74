import Link from 'next/link';
import { type CalendarUrlState, dayNoteHref } from '@/app/practice/calendar/calendar-url';
import type { DayNote } from '@/db/practice/day-notes';
import { formatDay } from '@/scheduling/formatting';

interface DayNotesProps {
  notes: DayNote[];
  choice: CalendarUrlState;
  /** The therapists whose calendars are shown; a note for anybody else is left out. */
  therapists: { id: string; firstName: string; colour: string }[];
  /** The one person whose notes the viewer may change, besides notes for everyone; null allows all. */
  own: string | null;
  locale: string;
  /**
   * In the bar of the next client, or in a row of its own. 'row on a phone' is for pages whose bar shows the notes on a
   * desk.
   */
  place: 'row' | 'row on a phone' | 'bar';
}

const PLACES = {
  row: 'border-t border-line py-1',
  'row on a phone': 'border-t border-line py-1 wide:hidden',
  bar: 'min-w-0 flex-2 basis-52 border-l border-edge pl-5',
};

/** What staff wrote on the days that are shown, above those days. */
export function DayNotes({ notes, choice, therapists, own, locale, place }: DayNotesProps) {
  const shown = notes.filter(
    ({ therapistId }) => therapistId === null || therapists.some(({ id }) => id === therapistId),
  );
  const ofOtherDays = choice.view === 'day' ? 'hidden' : choice.view === 'week' ? '' : 'max-wide:hidden';
  const dayName = choice.view === 'day' ? 'hidden' : choice.view === 'week' ? '' : 'max-wide:hidden';
  const isToday = shown.some(({ on }) => on === choice.on);
  if (shown.length === 0 || (choice.view === 'day' && !isToday)) return null;
  return (
    <ul
      aria-label="Notes"
      className={`flex flex-wrap gap-x-6 text-small print:hidden ${PLACES[place]} ${isToday ? '' : ofOtherDays}`}
    >
      {shown.map((note) => {
        const who = therapists.find(({ id }) => id === note.therapistId);
        const words = (
          <>
            <span className={`${note.on === choice.on ? dayName : ''} mr-1.5 font-serif whitespace-nowrap`}>
              {formatDay(note.on, 'short', locale)}
            </span>
            {who && (
              <span className="mr-1.5 border-l-3 pl-1.5 font-semibold" style={{ borderLeftColor: who.colour }}>
                {who.firstName}
              </span>
            )}
            <bdi className="wrap-anywhere">{note.words}</bdi>
          </>
        );
        const mayChange = own === null || note.therapistId === null || note.therapistId === own;
        return (
          <li key={note.id} className={`flex min-w-0 items-center ${note.on === choice.on ? '' : ofOtherDays}`}>
            {mayChange ? (
              <Link
                href={dayNoteHref(choice, note.id)}
                scroll={false}
                className="inline-block min-h-8 py-1 text-ink decoration-line hover:decoration-current"
              >
                {words}
                <span className="sr-only">, change this note</span>
              </Link>
            ) : (
              <span className="inline-block min-h-8 py-1">{words}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
