import { FocusOnOpening } from '@/components/focus-on-opening';
import type { Staff } from '@/db/access/viewer';
import { listUndoableBulkChanges } from '@/db/booking/undoable-bulk-changes';
import { listNamesById } from '@/db/practice/names-by-id';
import type { Practice } from '@/db/practice/practice';
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
  const { therapists: names } = await listNamesById();
  const subjects = [...names.keys()].map((id) => `therapist:${id}`);
  const change = (await listUndoableBulkChanges(viewer, subjects, { now })).find(({ id }) => id === changeId);
  if (!change) return null;
  return (
    <FocusOnOpening key={change.id}>
      <UndoBulkChangeNotice {...{ change, practice, names, back }} isNew />
    </FocusOnOpening>
  );
}
