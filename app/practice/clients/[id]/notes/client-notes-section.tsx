import type { Staff } from '@/db/access/viewer';
import { listNoteStatusesOfClient } from '@/db/care/session-notes';
import type { Practice } from '@/db/practice/practice';
import { NoteList } from './note-list';

const FEW = 4;

/** The latest notes of a client, on their page; nothing for viewers who may not read them. */
export async function ClientNotesSection({
  viewer,
  id,
  practice,
  now,
}: {
  viewer: Staff;
  id: string;
  practice: Practice;
  now: number;
}) {
  const notes = await listNoteStatusesOfClient(viewer, id, { now, most: FEW });
  if (!notes) return null;
  return (
    <section aria-label="Session notes" className="border-t border-line py-8">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="text-[1.1875rem]! leading-7!">Session notes</h2>
        <span className="text-small">
          <a href={`/practice/clients/${id}/notes`}>All notes</a>
        </span>
      </div>
      {notes.length === 0 ? (
        <p className="text-soft">There is no session to write of yet.</p>
      ) : (
        <NoteList notes={notes} practice={practice} now={now} />
      )}
    </section>
  );
}
