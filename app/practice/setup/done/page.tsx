import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { baseUrl } from '@/site-address';
import { findFirstBookableTime } from './find-first-bookable-time';

export const metadata: Metadata = { title: 'Your practice is open', robots: { index: false } };

export default async function SetUpPage() {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, first] = await Promise.all([getPractice(), findFirstBookableTime(Date.now())]);
  const { timeZone, locale } = practice;
  const hasMail = isMailEnabled();
  return (
    <PracticeShell practice={practice} viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title={`${practice.name} is open`}>
        {first ? (
          <div className="mt-6">
            <p className="text-small text-soft">First bookable hour</p>
            <p className="mt-1 font-serif text-stand">
              {formatDay(toWallTime(timeZone, first.startsAt).on, 'full', locale)},{' '}
              {formatTime(timeZone, first.startsAt, locale)}
            </p>
            <p className="mt-1 text-soft wrap-anywhere">
              {first.service}, {first.minutes} minutes, with {extractFirstName(first.therapist)}
            </p>
          </div>
        ) : (
          <div className="mt-6">
            <Notice tone="bad" title="No hour can be booked in the next weeks">
              Look at the <a href="/practice/settings/hours">hours</a>, the{' '}
              <a href="/practice/settings/massages">massages</a> and the{' '}
              <a href="/practice/settings/holidays">closed days</a>.
            </Notice>
          </div>
        )}
        <div className="mt-6 flex flex-wrap gap-3">
          {first && (
            <ButtonLink href={first.href} broad>
              Book it, as a client would
            </ButtonLink>
          )}
          <ButtonLink href="/practice/calendar" kind={first ? 'plain' : 'fill'} broad>
            Go to the calendar
          </ButtonLink>
        </div>
      </PageHeader>
      <Section title="Signed in">
        <p className="max-w-measure wrap-anywhere">
          You are signed in as {viewer.name} on this device, for 30 days. Elsewhere, open{' '}
          <a href="/sign-in">{baseUrl()}/sign-in</a> and give {viewer.email}
          {hasMail ? ': you get a link by e-mail.' : '.'}
        </p>
        {!hasMail && (
          <div className="mt-4">
            <Notice tone="quiet" title="No mail server is set yet">
              E-mails are kept under Mail, and none is sent. Until whoever runs this server sets SMTP_URL, a sign-in
              link for another device is shown where the server was started.
            </Notice>
          </div>
        )}
      </Section>
      <Section title="Next">
        <ul className="max-w-[40rem] border-b border-line">
          {[
            { href: '/book', label: 'See what clients see', what: 'Give them this address.' },
            { href: '/practice/settings/team', label: 'Invite others', what: 'Therapists, and a front desk.' },
            { href: '/practice/settings/live', label: 'Clear test bookings', what: 'Before the first real client.' },
            { href: '/practice/settings', label: 'Settings', what: 'All that you answered, and more.' },
          ].map(({ href, label, what }) => (
            <li key={href} className="border-t border-line py-2">
              <a href={href} className="inline-flex min-h-11 items-center font-medium">
                {label}
              </a>
              <span className="block text-small text-soft">{what}</span>
            </li>
          ))}
        </ul>
      </Section>
    </PracticeShell>
  );
}
