import { managesEveryone, type Staff } from '@/db/access/viewer';
import { listTherapists } from '@/db/practice/therapists';
import { EVERYONE } from './time-off-request';

/** Those whose time the viewer may take off, and how the form names them. */
export async function listStaffChoices(viewer: Staff) {
  const therapists = (await listTherapists()).filter(({ id }) => managesEveryone(viewer) || id === viewer.therapistId);
  const ids = therapists.map(({ id }) => id);
  return { therapists, ids, options: managesEveryone(viewer) && ids.length > 1 ? [...ids, EVERYONE] : ids };
}
