import Link from 'next/link';
import { type CalendarUrlState, calendarHref } from '@/app/practice/calendar/calendar-url';
import { PanelFrame } from '@/app/practice/calendar/panel-frame';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { type DayNote, getDayNote } from '@/db/practice/day-notes';
import { listTherapists } from '@/db/practice/therapists';
import { DayNoteForm } from './day-note-form';

/** The panel in which a note of a day is written, changed or removed. */
export async function DayNotePanel(props: { viewer: Staff; requested: string; shown: CalendarUrlState }) {
  const { viewer, requested, shown } = props;
  const note: DayNote | null = requested === 'new' ? null : await getDayNote(viewer, requested);
  const closeHref = calendarHref(shown, { open: undefined });
  const isMissing = requested !== 'new' && note === null;
  const all = await listTherapists();
  const people = all
    .filter(({ id }) => managesAllCalendars(viewer) || id === viewer.therapistId)
    .map(({ id, name }) => ({ id, name }));
  return (
    <PanelFrame labelledBy="note-name" closeHref={closeHref} hasStickyFooter={!isMissing}>
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="note-name" className="text-[1.375rem]! leading-8! font-normal!">
          {note ? 'Change a note' : isMissing ? 'That note is not there any more' : 'Write a note'}
        </h2>
        <Link href={closeHref} scroll={false} className="inline-flex min-h-11 flex-none items-center text-small">
          Close
        </Link>
      </div>
      {isMissing ? (
        <p className="pb-4 text-small text-soft">Somebody removed it in the meantime, or it is not yours to change.</p>
      ) : (
        <DayNoteForm
          key={note?.id ?? 'new'}
          note={note && { id: note.id, version: note.version }}
          words={note?.words ?? ''}
          on={note?.on ?? shown.on}
          who={note ? (note.therapistId ?? '') : (shown.only ?? '')}
          people={people}
          back={closeHref.split('?')[1] ?? ''}
        />
      )}
    </PanelFrame>
  );
}
