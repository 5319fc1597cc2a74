import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { readWaitlistToken } from '@/db/access/emailed-link-tokens';
import { getPractice } from '@/db/practice/practice';
import { findEntryByLink } from '@/db/waitlist/waitlist-link-views';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatDayParts, formatWaitlistDateRange, formatWaitlistMassage } from '@/scheduling/format-waitlist-request';
import { formatDay, formatDuration, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { confirmWaitlistEntryByLink, leaveWaitlistByLink } from './actions';

export const metadata: Metadata = { title: 'The waiting list' };

interface WaitingPage {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

/** Shows what the client waits for; only its buttons change anything. */
export default async function WaitingPage({ params, searchParams }: WaitingPage) {
  await connection();
  const [{ token }, { flash }] = await Promise.all([params, searchParams]);
  if (readWaitlistToken(token) === null) notFound();
  const [practice, entry] = await Promise.all([getPractice(), findEntryByLink(token, { now: Date.now() })]);
  const { locale, timeZone } = practice;
  const goesOut = isMailEnabled();
  if (!entry)
    return (
      <Shell practice={practice} current="manage">
        <PageHeader title="You are not on the waiting list" />
        <div className="pb-10">
          <p className="mb-6 max-w-measure" id="flash" tabIndex={-1}>
            {flash === 'left'
              ? 'You have left the waiting list. We will not offer you anything more for this.'
              : 'This has ended: you got a time, you left the list, or its last day has passed.'}
          </p>
          <ButtonLink href="/book">Book a massage</ButtonLink>
        </div>
      </Shell>
    );
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title={entry.isConfirmed ? 'You are on the waiting list' : 'Do you want to wait for this?'}
        from={
          entry.isConfirmed
            ? `When it becomes free we hold it for you and ${goesOut ? 'write to' : 'call'} you.`
            : undefined
        }
      />
      {flash === 'busy' && (
        <div className="pb-10">
          <Notice tone="bad" id="flash" title="The practice’s computer is busy just now">
            Nothing was changed. Wait a moment and press the button again.
          </Notice>
        </div>
      )}
      {flash === 'confirmed' && entry.isConfirmed && (
        <div className="pb-10">
          <Notice tone="good" id="flash" title="Thank you">
            {entry.isAddressConfirmed && 'Your e-mail address is confirmed. '}Each offer is held for{' '}
            {formatDuration(practice.offerMinutes)}
            {goesOut && ', so look at your e-mail now and then'}.
          </Notice>
        </div>
      )}
      <Section title="What you are waiting for">
        <DescriptionList className="max-w-[46rem]">
          {entry.bookedBy !== null && (
            <DescriptionItem label="For">
              <bdi>{entry.client}</bdi>
            </DescriptionItem>
          )}
          <DescriptionItem label="Massage">{formatWaitlistMassage(entry)}</DescriptionItem>
          <DescriptionItem label="When">{formatDayParts(entry, locale)}</DescriptionItem>
          <DescriptionItem label="First date">{formatWaitlistDateRange(entry, locale)}</DescriptionItem>
          {entry.swaps !== null && (
            <DescriptionItem label="In place of">
              {formatDay(toWallTime(timeZone, entry.swaps).on, 'long', locale)} at{' '}
              {formatTime(timeZone, entry.swaps, locale)}
            </DescriptionItem>
          )}
        </DescriptionList>
        <div className="mt-6 flex flex-wrap gap-3">
          {!entry.isConfirmed && (
            <ActionForm action={confirmWaitlistEntryByLink}>
              <input type="hidden" name="token" value={token} />
              <Button broad>Yes, put me on the list</Button>
            </ActionForm>
          )}
          {entry.confirmsAddress && (
            <ActionForm action={confirmWaitlistEntryByLink}>
              <input type="hidden" name="token" value={token} />
              <Button broad>Confirm my e-mail address</Button>
            </ActionForm>
          )}
          <ActionForm action={leaveWaitlistByLink}>
            <input type="hidden" name="token" value={token} />
            <Button kind="plain" broad>
              {entry.isConfirmed ? 'Leave the waiting list' : 'No, forget it'}
            </Button>
          </ActionForm>
        </div>
      </Section>
    </Shell>
  );
}
