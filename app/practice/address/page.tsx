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
      'Press the link that we sent to the new address. Until then you sign in with the one you have.',
      'No mail server is set, so no e-mail is sent: the link is printed where the server was started. Until it is pressed you sign in with the address you have.',
    ),
  },
  changed: {
    tone: 'good',
    title: 'Your address is changed',
    text: 'You sign in with it from now on, and e-mails about your work go there.',
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
          You sign in by a link that goes to this address, and e-mails about your work go there, too. Enter the new one:{' '}
          {pickTextByMailEnabled(
            'we send a link to it, and change your address once you press that.',
            'no mail server is set, so a link is printed where the server was started. Your address is changed once you press that.',
          )}
        </p>
        {open && (
          <div className="mb-6 max-w-[36rem]">
            <Notice tone="quiet" title="Waiting for you">
              The link for <bdi>{open.newEmail}</bdi> is good until{' '}
              {formatTime(practice.timeZone, open.expiresAt, practice.locale)}. A new one takes its place.
            </Notice>
          </div>
        )}
        <AddressForm button={pickTextByMailEnabled('Send the link', 'Make the link')} />
      </Section>
    </PracticeShell>
  );
}
