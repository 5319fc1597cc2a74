import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { getOpenAddressChange } from '@/db/messages/address-change';
import { getPractice } from '@/db/practice/practice';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatTime } from '@/scheduling/formatting';
import { AddressForm } from './address-form';

export const metadata: Metadata = { title: 'Your e-mail address', robots: { index: false } };

const flashNotices = (): Record<string, FlashContent> => ({
  sent: {
    tone: 'good',
    title: pickTextByMailEnabled('Check your e-mail', 'There is a link'),
    text: pickTextByMailEnabled(
      'Open the link that we sent to the new address, in this browser. Until then you sign in with the one you have.',
      'No mail server is set, so no e-mail is sent: the link is printed where the server was started. Open it in this browser. Until then you sign in with the address you have.',
    ),
  },
  changed: {
    tone: 'good',
    title: 'Your address is changed',
    text: 'You sign in with it from now on. The earlier one was told, and can undo this for a week.',
  },
});

/** Where a member of staff changes the address that they sign in with. */
export default async function AddressPage({ searchParams }: { searchParams: Promise<{ flash?: string | string[] }> }) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const [{ flash }, practice, open] = await Promise.all([
    searchParams,
    getPractice(),
    getOpenAddressChange(viewer, now),
  ]);
  return (
    <PracticeShell practice={practice} viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title="Your e-mail address" from={viewer.email}>
        <LiveFlashNotice flash={flash} notices={flashNotices()} />
      </PageHeader>
      <Section title="Change it">
        <p className="mb-6 max-w-[36rem] text-soft">
          You sign in by a link that goes to this address; if you give massages, e-mails about your appointments go
          there, too. Enter the new one:{' '}
          {pickTextByMailEnabled(
            'we send a link to it. Open that in this browser to make the change.',
            'no mail server is set, so a link is printed where the server was started. Open that in this browser to make the change.',
          )}
        </p>
        {open && (
          <div className="mb-6 max-w-[36rem]">
            <Notice tone="quiet" title="Not changed yet">
              The link for <bdi>{open.newEmail}</bdi> is good until{' '}
              {formatTime(practice.timeZone, open.expiresAt, practice.locale)}. If you ask for another, it ends.
            </Notice>
          </div>
        )}
        {viewer.role === 'owner' && practice.email === viewer.email && (
          <p className="mb-6 max-w-[36rem] text-soft">
            The practice’s own address is the same. Requests of clients and questions of readers still go there:{' '}
            <a href="/practice/settings/practice">change that in the settings</a>.
          </p>
        )}
        <AddressForm button={pickTextByMailEnabled('Send the link', 'Make the link')} />
      </Section>
    </PracticeShell>
  );
}
