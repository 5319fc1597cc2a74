import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { readNewAddressToken } from '@/db/access/emailed-link-tokens';
import { readAddressChange } from '@/db/messages/address-change';
import { getPractice } from '@/db/practice/practice';
import { confirmNewAddress } from './actions';

export const metadata: Metadata = { title: 'Your new e-mail address', robots: { index: false } };

const FLASH_NOTICES: Record<string, FlashContent> = {
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
  in_use: {
    tone: 'bad',
    title: 'Somebody else signs in with this address by now',
    text: 'Nothing was changed: you sign in with the address you have. Ask for a link to another.',
  },
};

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

/**
 * What the link in the e-mail opens, for the member of staff who asked for it: whoever else reads the e-mail has no
 * session of theirs. Opening it changes nothing, because mail programs open links before their readers do.
 */
export default async function NewAddressPage({ params, searchParams }: Props) {
  await connection();
  const [viewer, { token }, { flash }] = await Promise.all([requireRole('staff'), params, searchParams]);
  if (readNewAddressToken(token) === null) notFound();
  const [practice, change] = await Promise.all([getPractice(), readAddressChange(viewer, token, Date.now())]);
  return (
    <PracticeShell practice={practice} viewer={viewer} signOut={<SignOutForms />}>
      {change ? (
        <PageHeader title="Your new e-mail address">
          <LiveFlashNotice flash={flash} notices={FLASH_NOTICES} />
          {flash === 'in_use' ? (
            <p className="mt-8 pb-10">
              <ButtonLink href="/practice/address">Your e-mail address</ButtonLink>
            </p>
          ) : (
            <>
              <p className="mt-6 max-w-measure text-read font-serif">
                Press the button, and you sign in with <bdi>{change.newEmail}</bdi> from then on.
              </p>
              <ActionForm action={confirmNewAddress} className="mt-8 pb-10">
                <input type="hidden" name="token" value={token} />
                <Button broad>Use this address</Button>
              </ActionForm>
            </>
          )}
        </PageHeader>
      ) : (
        <PageHeader title="This link has ended">
          <p className="mt-6 max-w-measure text-read font-serif">
            It was used, a newer one took its place, an hour has gone by, or it is for a colleague and you are signed in
            as {viewer.name}. If your address is not changed yet, ask for a new link.
          </p>
          <p className="mt-8 pb-10">
            <ButtonLink href="/practice/address">Your e-mail address</ButtonLink>
          </p>
        </PageHeader>
      )}
    </PracticeShell>
  );
}
