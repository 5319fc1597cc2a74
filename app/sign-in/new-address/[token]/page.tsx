import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
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
    text: 'Nothing was changed: you sign in with the address you had. Ask for a link to another.',
  },
};

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

/** Opening the page changes nothing, because mail programs open links before their readers do. */
export default async function NewAddressPage({ params, searchParams }: Props) {
  await connection();
  const [{ token }, { flash }] = await Promise.all([params, searchParams]);
  if (readNewAddressToken(token) === null) notFound();
  const [practice, change] = await Promise.all([getPractice(), readAddressChange(token, Date.now())]);
  return (
    <Shell practice={practice}>
      {change ? (
        <PageHeader title="Your new e-mail address">
          <LiveFlashNotice flash={flash} notices={FLASH_NOTICES} />
          <p className="mt-6 max-w-measure text-read font-serif">
            From now on <bdi>{change.name}</bdi> signs in with <bdi>{change.newEmail}</bdi>.
          </p>
          <ActionForm action={confirmNewAddress} className="mt-8 pb-10">
            <input type="hidden" name="token" value={token} />
            <Button broad>Use this address</Button>
          </ActionForm>
        </PageHeader>
      ) : (
        <PageHeader title="This link has ended">
          <p className="mt-6 max-w-measure text-read font-serif">
            It was used, a newer one took its place, or an hour has gone by. If your address is not changed yet, ask for
            a new link.
          </p>
          <p className="mt-8 pb-10">
            <ButtonLink href="/practice/address">Your e-mail address</ButtonLink>
          </p>
        </PageHeader>
      )}
    </Shell>
  );
}
