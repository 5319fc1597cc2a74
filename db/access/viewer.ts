/**
 * Who makes the request, as proven by `auth.ts` or a manage link. It is the first argument of every function here that
 * touches a person's data, and part of the `where`: a viewer does not find what is not theirs.
 */
export type Viewer =
  | { role: 'reader' }
  | { role: 'link'; seriesId: string }
  | { role: 'client'; userId: string; email: string; name: string }
  | { role: 'therapist'; userId: string; email: string; name: string; therapistId: string }
  | { role: 'front_desk'; userId: string; email: string; name: string; therapistId: null }
  | { role: 'owner'; userId: string; email: string; name: string; therapistId: string | null };

/** Somebody with an account, so not a reader of the pages nor the holder of a link. */
export type SignedInViewer = Exclude<Viewer, { role: 'reader' } | { role: 'link' }>;
export type SignedInRole = SignedInViewer['role'];

/** Works at the practice, so may see its internal pages. */
export type Staff = Extract<Viewer, { role: 'therapist' | 'front_desk' | 'owner' }>;

/** Staff who may read what clients say about their health. */
export type TherapistOrOwner = Extract<Viewer, { role: 'therapist' | 'owner' }>;

export type Owner = Extract<Viewer, { role: 'owner' }>;

export function isStaff(viewer: Viewer): viewer is Staff {
  return viewer.role === 'therapist' || viewer.role === 'front_desk' || viewer.role === 'owner';
}

export function isTherapistOrOwner(viewer: Viewer): viewer is TherapistOrOwner {
  return viewer.role === 'therapist' || viewer.role === 'owner';
}

/** The owner and the front desk manage every calendar; a therapist manages their own. */
export function managesAllCalendars(viewer: Pick<Viewer, 'role'>): boolean {
  return viewer.role === 'front_desk' || viewer.role === 'owner';
}
