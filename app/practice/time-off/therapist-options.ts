import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { listTherapists } from '@/db/practice/therapists';
import { EVERYONE } from './time-off-form-values';

/** The therapists whose time the viewer may take off, as options of the form. */
export async function listTherapistOptions(viewer: Staff) {
  const therapists = (await listTherapists()).filter(
    ({ id }) => managesAllCalendars(viewer) || id === viewer.therapistId,
  );
  const ids = therapists.map(({ id }) => id);
  return { therapists, ids, options: managesAllCalendars(viewer) && ids.length > 1 ? [...ids, EVERYONE] : ids };
}
