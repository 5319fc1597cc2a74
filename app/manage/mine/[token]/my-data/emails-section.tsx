import { Section } from '@/components/section';
import type { Notification } from '@/scheduling/notification-types';
import { formatMoment, type KeptData } from './kept-data';
import { KeptRow, KeptRows } from './kept-row';

/** The newest messages; the file has the others. */
const SHOWN = 50;

/** What each kind of e-mail is about, to its reader. */
const KIND_LABELS: Record<Notification['kind'], string> = {
  booked: 'Your booking',
  cancelled: 'A cancellation',
  moved: 'A date that moved',
  changed: 'Changes to your dates',
  freed: 'A skipped date that is free again',
  sign_in: 'A link to sign in',
  new_address: 'A link to change an address',
  address_changed: 'An address that was changed',
  answered: 'An answer to your question',
  asked: 'Questions from readers',
  score_ask: 'A question about how it is going',
  reminder: 'A reminder',
  reminder_text: 'A reminder by text',
  follow_up: 'After a date',
  message: 'A message from the practice',
  request: 'Your request',
  waitlist: 'The waiting list',
  hand_over: 'A colleague who may take over',
  manage_links: 'The link to your dates',
  client_message: 'A message to the practice',
  link_renewed: 'A new link to your dates',
};

/** The e-mails and texts to the client, the newest first. */
export function EmailsSection(kept: KeptData) {
  const emails = kept.data.outbox.toSorted((a, b) => b.createdAt - a.createdAt);
  if (emails.length === 0) return null;
  const left = emails.length - SHOWN;
  return (
    <Section title="E-mails and texts to you" aside="The newest first.">
      <KeptRows>
        {emails.slice(0, SHOWN).map(({ kind, createdAt, sentAt }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id here and are drawn once
          <KeptRow key={at} title={labelOf(kind)}>
            Written: {formatMoment(createdAt, kept)}.{' '}
            {sentAt === null ? 'Not sent.' : `Sent: ${formatMoment(sentAt, kept)}.`}
          </KeptRow>
        ))}
      </KeptRows>
      {left > 0 && (
        <p className="mt-3 text-small text-soft">
          {left === 1 ? 'One older message is' : `${left} older messages are`} in the file.
        </p>
      )}
    </Section>
  );
}

function labelOf(kind: string): string {
  return (KIND_LABELS as Partial<Record<string, string>>)[kind] ?? 'An e-mail';
}
