import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { listClosedDays } from '@/db/booking/close-and-reopen-days';
import { derivePhoneCountry } from '@/db/input/phone-numbers';
import { getPractice } from '@/db/practice/practice';
import { listUpcomingPublicHolidays } from '@/db/practice/public-holidays';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { removeClosedDay } from './actions';
import { ClosedDaysForm } from './closed-days-form';

export const metadata: Metadata = { title: 'Closed days', robots: { index: false } };

const notesNow = (): Record<string, FlashContent> => ({
  closed: { tone: 'good', title: 'Closed', text: 'No time of those days is offered any more.' },
  closed_kept: {
    tone: 'good',
    title: 'Closed',
    text: 'No time of those days is offered any more. What was booked stays booked.',
  },
  closed_decided: {
    tone: 'good',
    title: 'Closed',
    text: `What you chose is moved or cancelled. ${pickTextByMailEnabled('Each client gets an e-mail.', 'No mail server is set, so no e-mail is sent: tell each client.')} The rest stays booked.`,
  },
  opened: { tone: 'good', title: 'Open again', text: 'The times of that day can be booked.' },
  gone: { tone: 'bad', title: 'That day was open already', text: 'Nothing was changed.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
});

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function ClosedDaysPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const now = Date.now();
  const [practice, closed, { flash }] = await Promise.all([
    getPractice(),
    listClosedDays(viewer, { now }),
    searchParams,
  ]);
  const { locale } = practice;
  const today = toWallTime(practice.timeZone, now).on;
  const country = derivePhoneCountry(practice);
  const known = new Set(closed.map(({ on }) => on));
  const offered = listUpcomingPublicHolidays(country, today)
    .filter(({ on }) => !known.has(on))
    .map(({ on, name }) => ({ on, name, label: formatWithYear(on, locale) }));
  const countryName = country && new Intl.DisplayNames('en', { type: 'region' }).of(country);
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        crumbs={[{ href: '/practice/settings', label: 'Settings' }]}
        title="Closed days"
        from="On these days nobody works, and no time is offered. For one therapist alone there is time off."
      >
        <LiveFlashNotice flash={flash} notices={notesNow()} />
      </PageHeader>
      <Section title="Upcoming" aside="What is booked on a closed day stays booked until you move or cancel it.">
        {closed.length === 0 ? (
          <Notice tone="quiet" title="No upcoming closed days">
            Close a day below, or choose from the public holidays.
          </Notice>
        ) : (
          <ul className="max-w-[40rem] border-b border-line">
            {closed.map(({ on, name }) => (
              <li key={on} className="flex flex-wrap items-center justify-between gap-x-6 border-t border-line py-2">
                <span className="min-w-0">
                  <span className="font-medium">{formatWithYear(on, locale)}</span>
                  <span className="block text-small text-soft wrap-anywhere">{name}</span>
                </span>
                <ActionForm action={removeClosedDay}>
                  <input type="hidden" name="on" value={on} />
                  <Button kind="plain" slim aria-label={`Open again: ${formatWithYear(on, locale)}, ${name}`}>
                    Open again
                  </Button>
                </ActionForm>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Close a day">
        <ClosedDaysForm offered={null} from={today} />
      </Section>
      {offered.length > 0 && (
        <Section
          title="Public holidays"
          aside={`${countryName}, this year and next, as far as they are not closed already. Parts of a country may have more.`}
        >
          <ClosedDaysForm offered={offered} from={today} />
          <p className="mt-4 text-small text-soft">
            From <a href="https://github.com/commenthol/date-holidays">date-holidays</a>, whose data is under{' '}
            <a href="https://creativecommons.org/licenses/by/3.0/">CC BY 3.0</a>.
          </p>
        </Section>
      )}
    </PracticeShell>
  );
}

function formatWithYear(on: string, locale: string): string {
  return `${formatDay(on, 'short', locale)} ${on.slice(0, 4)}`;
}
