import { LONGEST_UNDO_WAIT_MS } from '@/db/messages/outbox';
import type { outbox } from '@/db/schema';
import { mergeSeriesUpdates } from '@/scheduling/notification-changes';
import type { SeriesUpdate } from '@/scheduling/notification-types';

type Mail = typeof outbox.$inferSelect;

/** One e-mail as its reader would get it: the leading message, with all that is folded into it. */
export interface FoldedMail {
  mail: Mail;
  /** The ids of the messages that are sent as this one. */
  ids: string[];
  /** When the last of them was written. */
  writtenAt: number;
}

/**
 * Folds the messages that wait for one reader about one series into one e-mail, as `prepareMailFacts` does when it is
 * sent: all that was written before the first of them could be sent. A hand-over of seven dates is one e-mail. Later
 * messages stay separate, as they would with a working mail server. Newest first.
 */
export function foldWaitingMessages(found: Mail[]): FoldedMail[] {
  const last = new Map<string, { members: Mail[]; goesAt: number }>();
  const folded: { members: Mail[]; goesAt: number }[] = [];
  const inOrder = found.toSorted(
    (a, b) => a.seriesVersion - b.seriesVersion || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  );
  for (const mail of inOrder) {
    const key = readerKey(mail);
    const open = key === null ? undefined : last.get(key);
    // A message that was retried long after must not take in all that was written since.
    const goesAt = Math.min(mail.dueAt, mail.createdAt + LONGEST_UNDO_WAIT_MS);
    if (open && mail.createdAt <= open.goesAt) {
      open.members.push(mail);
      open.goesAt = Math.max(open.goesAt, goesAt);
      continue;
    }
    const group = { members: [mail], goesAt };
    folded.push(group);
    if (key !== null) last.set(key, group);
  }
  return folded
    .map(({ members }) => ({
      mail: merge(members),
      ids: members.map(({ id }) => id),
      writtenAt: Math.max(...members.map(({ createdAt }) => createdAt)),
    }))
    .sort((a, b) => b.writtenAt - a.writtenAt || (a.mail.id < b.mail.id ? -1 : 1));
}

/** The key that messages to be folded together share; null for a message that is sent separately. */
function readerKey({ facts, seriesId, toEmail, sentAt, deadAt, droppedAt }: Mail): string | null {
  if (sentAt !== null || deadAt !== null || droppedAt !== null) return null;
  if (seriesId === null || !('was' in facts)) return null;
  return JSON.stringify([seriesId, toEmail, facts.audience, facts.therapistId]);
}

function merge(members: Mail[]): Mail {
  const [lead, ...others] = members;
  if (others.length === 0) return lead!;
  const [first, ...rest] = members.map(({ facts }) => facts as SeriesUpdate);
  return { ...lead!, facts: mergeSeriesUpdates([first!, ...rest]) };
}
