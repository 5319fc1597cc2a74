import { sessionNoteHref } from '@/app/practice/clients/[id]/notes/session-note-href';
import type { Staff } from '@/db/access/viewer';
import { getAppointmentFacts } from '@/db/appointments/appointment-facts';
import { listNoteStatusesOfClient } from '@/db/care/session-notes';
import { getQuestion } from '@/questions/library';

/**
 * The details beside the next client, for viewers who may know them. The last note is only linked, because opening it
 * is recorded.
 */
export async function loadNextClientDetails(
  viewer: Staff,
  uid: string,
  now: number,
): Promise<{ cameFor: string | null; lastNoteHref: string | null }> {
  const facts = await getAppointmentFacts(viewer, uid);
  if (!facts) return { cameFor: null, lastNoteHref: null };
  const notes = await listNoteStatusesOfClient(viewer, facts.client.id, { now, most: 10 });
  const last = notes?.find((note) => note.state === 'signed' && note.uid !== uid);
  return {
    cameFor: facts.questionSlug ? (getQuestion(facts.questionSlug)?.question ?? null) : null,
    lastNoteHref: last ? sessionNoteHref(last) : null,
  };
}
