import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { listTherapists } from '@/db/practice/therapists';
import { EVERYONE } from './time-off-form-values';

/** Those whose time the viewer may take off, and how the form names them. */
export async function listTherapistOptions(viewer: Staff) {
  const therapists = (await listTherapists()).filter(
    ({ id }) => managesAllCalendars(viewer) || id === viewer.therapistId,
  );
  const ids = therapists.map(({ id }) => id);
  return { therapists, ids, options: managesAllCalendars(viewer) && ids.length > 1 ? [...ids, EVERYONE] : ids };
}
