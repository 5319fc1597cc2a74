import type { Metadata } from 'next';
import { loadManagedSeries } from '@/app/manage/[token]/managed-series';
import { describeSeriesInSentence } from '@/app/manage/[token]/series-wording';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { listClientMessageTimes, MAX_CLIENT_MESSAGE_LENGTH } from '@/db/messages/messages-from-clients';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { MessageForm } from './message-form';

export const metadata: Metadata = { title: 'Ask for a change' };

export default async function MessagePage({ params }: { params: Promise<{ token: string }> }) {
  const { token, viewer, practice, series } = await loadManagedSeries(params);
  const sent = await listClientMessageTimes(viewer);
  const { timeZone, locale } = practice;
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="Ask for a change"
        crumbs={[{ href: `/manage/${token}`, label: 'Your dates' }]}
        from={
          <>
            About <b>{describeSeriesInSentence(series, locale)}</b>. You can move and cancel dates yourself; for
            anything else, write to us.
          </>
        }
      />
      <Section
        title="Your message"
        aside={pickTextByMailEnabled(
          'A person reads it, and answers by e-mail or phone.',
          'A person reads it, and answers you.',
        )}
        open
      >
        <MessageForm token={token} reach={formatHowToContact(practice)} longest={MAX_CLIENT_MESSAGE_LENGTH} />
      </Section>
      {sent.length > 0 && (
        <Section title="Sent before">
          <ul className="max-w-[36rem] border-t border-ink">
            {sent.map(({ sentAt, isAnswered }) => (
              <li key={sentAt} className="flex flex-wrap justify-between gap-x-6 border-b border-line py-3 text-small">
                <span>
                  {formatDay(toWallTime(timeZone, sentAt).on, 'long', locale)} at {formatTime(timeZone, sentAt, locale)}
                </span>
                <span className="text-soft">{isAnswered ? 'Answered' : 'With the practice'}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Shell>
  );
}
