import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ButtonLink } from '@/components/button';
import { LiveFlashNotice } from '@/components/flash-notice';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { managesAllCalendars } from '@/db/access/viewer';
import { getPractice } from '@/db/practice/practice';
import { areOffersStopped, countFilledSessions, listOpenOffers, listWaitlist } from '@/db/waitlist/waiting-clients';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { getWaitlistFlashTexts } from './waitlist-flash-texts';
import { OpenOfferRow, WaitingClientRow } from './waitlist-rows';

export const metadata: Metadata = { title: 'Waiting list', robots: { index: false } };

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function WaitlistPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const [practice, waiting, offers, filled, isStopped, { flash }] = await Promise.all([
    getPractice(),
    listWaitlist(viewer, { now }),
    listOpenOffers(viewer, { now }),
    countFilledSessions({ now }),
    areOffersStopped({ now }),
    searchParams,
  ]);
  const goesOut = isMailEnabled();
  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title="Waiting list"
        from={describeFilled(filled, goesOut)}
        crumbs={[{ href: '/practice/calendar', label: 'Calendar' }]}
      >
        <LiveFlashNotice flash={flash} notices={getWaitlistFlashTexts()} />
        {!goesOut && (
          <div className="mt-6">
            <Notice tone="quiet" title="Nothing is offered by itself: no mail server is set">
              Clients would not hear of it. Offer a time by hand, and call.
            </Notice>
          </div>
        )}
        {goesOut && isStopped && (
          <div className="mt-6">
            <Notice tone="bad" title="Nothing is offered by itself: our last e-mails could not be sent">
              It is tried again within the hour. Offer a time by hand, and call.{' '}
              <a href="/practice/mail">See the mail</a>
            </Notice>
          </div>
        )}
        <div className="mt-6">
          <ButtonLink href="/practice/waitlist/new" slim>
            Add a caller
          </ButtonLink>
        </div>
      </PageHeader>
      {offers.length > 0 && (
        <Section
          title="Offered now"
          aside="Nobody else can book these until they are answered. An absence takes back what is in its way."
        >
          <ul className="border-b border-line">
            {offers.map((open) => (
              <OpenOfferRow key={open.id} open={open} practice={practice} />
            ))}
          </ul>
        </Section>
      )}
      <Section
        title={
          waiting.length === 0
            ? managesAllCalendars(viewer)
              ? 'Nobody waits'
              : 'Nobody waits for you'
            : `${capitalizeFirstLetter(formatNumberInWords(waiting.length))} waiting`
        }
        aside="Whoever skipped a date is asked first, then regular times, the urgent, and who has waited longest."
      >
        {waiting.length === 0 ? (
          <Notice tone="quiet" title="Clients join from the times they book from">
            You can also add somebody who calls.
          </Notice>
        ) : (
          <ol className="border-b border-line">
            {waiting.map((entry) => (
              <WaitingClientRow key={entry.id} entry={entry} practice={practice} now={now} />
            ))}
          </ol>
        )}
      </Section>
    </PracticeShell>
  );
}

function describeFilled({ sessions, minutes }: { sessions: number; minutes: number }, goesOut: boolean): string {
  if (sessions === 0 && !goesOut) return 'Who waits for what, and for how long.';
  if (sessions === 0)
    return 'Freed time is held and offered by itself: five minutes after it becomes free, ten where the change can be undone, and never from 22:00 to 07:00.';
  const hours = Math.round(minutes / 6) / 10;
  return `In the last year the list has filled ${hours} ${hours === 1 ? 'hour' : 'hours'}: ${sessions === 1 ? 'one session' : `${sessions} sessions`}.`;
}
