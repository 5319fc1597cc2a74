import type { MailView } from '@/db/delivery/outbox-for-staff';

export interface MailStatus {
  tone: 'good' | 'quiet' | 'bad';
  title: string;
  detail?: string;
}

type Facts = Pick<MailView, 'kind' | 'state' | 'sentAt' | 'dueAt' | 'attempts' | 'lastError'>;

/** The status of an e-mail, in words. */
export function describeMailStatus(
  mail: Facts,
  { hasMailServer, now, format }: { hasMailServer: boolean; now: number; format: (instant: number) => string },
): MailStatus {
  const isText = mail.kind === 'reminder_text';
  const trouble = isText || !mail.lastError ? (mail.lastError ?? undefined) : `The mail server said: ${mail.lastError}`;
  if (mail.state === 'sent')
    return { tone: 'good', title: mail.sentAt === null ? 'Sent' : `Sent ${format(mail.sentAt)}` };
  if (mail.state === 'dropped')
    return { tone: 'quiet', title: 'Not sent: out of date', detail: 'It was no longer true before it could go out.' };
  if (mail.state === 'folded')
    return { tone: 'quiet', title: 'Not sent by itself', detail: 'Its news went out with another e-mail.' };
  if (mail.state === 'dead') return { tone: 'bad', title: `Gave up after ${attempts(mail.attempts)}`, detail: trouble };
  if (!hasMailServer) return { tone: 'quiet', title: 'Not sent: no mail server is set' };
  if (mail.state === 'kept')
    return { tone: 'quiet', title: 'Not sent: older than a day', detail: 'It goes only when you say so.' };
  if (mail.attempts === 0)
    return { tone: 'quiet', title: mail.dueAt > now ? `To be sent ${format(mail.dueAt)}` : 'Waiting' };
  return {
    tone: 'quiet',
    title: `Waiting, next try ${mail.dueAt > now ? format(mail.dueAt) : 'now'}`,
    detail: trouble && `${attempts(mail.attempts)} so far. ${trouble}`,
  };
}

function attempts(count: number): string {
  return count === 1 ? '1 try' : `${count} tries`;
}
