import { sessionNoteHref } from '@/app/practice/clients/[id]/notes/session-note-href';
import { ButtonLink } from '@/components/button';
import type { Staff } from '@/db/access/viewer';
import { getNoteStatus } from '@/db/care/session-notes';

const WORDS = { none: 'Write the note', draft: 'Go on with the note', signed: 'Read the note' };

/**
 * Links an appointment to its note; nothing for viewers who may not read it. The note is fetched only when the link is
 * pressed.
 */
export async function SessionNoteLink({ viewer, uid }: { viewer: Staff; uid: string }) {
  const note = await getNoteStatus(viewer, uid);
  if (!note || (note.state === 'none' && !note.isOwn)) return null;
  return (
    <p className="pt-3">
      <ButtonLink kind="plain" slim href={sessionNoteHref(note)}>
        {WORDS[note.state]}
      </ButtonLink>
    </p>
  );
}
