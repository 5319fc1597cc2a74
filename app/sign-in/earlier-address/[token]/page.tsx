import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { readEarlierAddressToken } from '@/db/access/emailed-link-tokens';
import { readEarlierAddress } from '@/db/messages/address-change';
import { getPractice } from '@/db/practice/practice';
import { putBackAddress } from './actions';

export const metadata: Metadata = { title: 'Your earlier e-mail address', robots: { index: false } };

const FLASH_NOTICES: Record<string, FlashContent> = {
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
  in_use: {
    tone: 'bad',
    title: 'Somebody else signs in with this address by now',
    text: 'Nothing was changed. Tell the practice.',
  },
};

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

/** Opening the page changes nothing, because mail programs open links before their readers do. */
export default async function EarlierAddressPage({ params, searchParams }: Props) {
  await connection();
  const [{ token }, { flash }] = await Promise.all([params, searchParams]);
  if (readEarlierAddressToken(token) === null) notFound();
  const [practice, found] = await Promise.all([getPractice(), readEarlierAddress(token, Date.now())]);
  return (
    <Shell practice={practice}>
      {found ? (
        <PageHeader title="Was it not you?">
          <LiveFlashNotice flash={flash} notices={FLASH_NOTICES} />
          <p className="mt-6 max-w-measure text-read font-serif">
            <bdi>{found.name}</bdi> signs in with another e-mail address now. Press the button, and{' '}
            <bdi>{found.earlierEmail}</bdi> is used again. Whoever is signed in as <bdi>{found.name}</bdi> is signed out
            at once, everywhere.
          </p>
          <ActionForm action={putBackAddress} className="mt-8 pb-10">
            <input type="hidden" name="token" value={token} />
            <Button broad>Use my earlier address again</Button>
          </ActionForm>
        </PageHeader>
      ) : (
        <PageHeader title="This link has ended">
          <p className="mt-6 max-w-measure text-read font-serif">
            It was used, or a week has gone by. If you cannot sign in any more, <ContactPhrase practice={practice} />.
          </p>
          <p className="mt-8 pb-10">
            <ButtonLink href="/sign-in">Sign in</ButtonLink>
          </p>
        </PageHeader>
      )}
    </Shell>
  );
}
