import { FocusOnOpening } from '@/components/focus-on-opening';
import type { Staff } from '@/db/access/viewer';
import { listUndoableBulkChanges } from '@/db/booking/undoable-bulk-changes';
import type { Practice } from '@/db/practice/practice';
import { listTherapists } from '@/db/practice/therapists';
import { UndoBulkChangeNotice } from './undo-bulk-change-notice';

/** A hand-over that was just done, with its undo, on the page that somebody came from. */
export async function CarriedOutNotice(props: {
  viewer: Staff;
  changeId: unknown;
  practice: Practice;
  now: number;
  /** The page that it is shown on. */
  back: string;
}) {
  const { viewer, changeId, practice, now, back } = props;
  if (typeof changeId !== 'string') return null;
  const therapists = await listTherapists();
  const subjects = therapists.map(({ id }) => `therapist:${id}`);
  const change = (await listUndoableBulkChanges(viewer, subjects, { now })).find(({ id }) => id === changeId);
  if (!change) return null;
  const names = new Map(therapists.map(({ id, name }) => [id, name]));
  return (
    <FocusOnOpening key={change.id}>
      <UndoBulkChangeNotice {...{ change, practice, names, back }} isNew />
    </FocusOnOpening>
  );
}
