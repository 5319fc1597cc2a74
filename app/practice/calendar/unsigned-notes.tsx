import { NoteList } from '@/app/practice/clients/[id]/notes/note-list';
import type { AppointmentNoteStatus } from '@/db/care/session-notes';
import type { Practice } from '@/db/practice/practice';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';

/** The viewer's own unsigned notes from before today: one line, which opens to a list. */
export function UnsignedNotesNotice({
  notes,
  practice,
  now,
}: {
  notes: AppointmentNoteStatus[];
  practice: Practice;
  now: number;
}) {
  if (notes.length === 0) return null;
  const many = formatNumberInWords(notes.length);
  return (
    <details id="notice-notes" className="border-t border-line text-small print:hidden">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-clay underline underline-offset-[0.2em]">
        {capitalizeFirstLetter(many)} {notes.length === 1 ? 'note' : 'notes'} from before today{' '}
        {notes.length === 1 ? 'is' : 'are'} not signed
      </summary>
      <div className="max-w-[50rem] pb-4">
        <NoteList notes={notes} practice={practice} now={now} named />
      </div>
    </details>
  );
}
