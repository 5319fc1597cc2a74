import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Button, ButtonLink } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { safeRedirectPath } from '@/site-address';

type SearchParams = Record<string, string | string[] | undefined>;

export const metadata: Metadata = { title: 'Press to sign in', robots: { index: false } };

/** The page that a sign-in link opens. Opening it does not use the link up, because mail scanners open every link. */
export default async function ConfirmPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await connection();
  const practice = await getPractice();
  const { token, email, callbackUrl } = await searchParams;
  const isWhole = isShort(token) && isShort(email);

  return (
    <Shell practice={practice}>
      {isWhole ? (
        <PageHeader title="One more press">
          <p className="mt-6 max-w-measure text-read font-serif">
            You are signing in as <bdi>{email}</bdi>. The link works once, so that nobody who reads your mail later can
            use it.
          </p>
          <form method="post" action="/api/auth/callback/email" className="mt-8">
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="email" value={email} />
            <input type="hidden" name="callbackUrl" value={safeRedirectPath(callbackUrl, '')} />
            <Button broad>Sign in</Button>
          </form>
        </PageHeader>
      ) : (
        <PageHeader title="This link is not whole">
          <p className="mt-6 max-w-measure text-read font-serif">
            Some of it went missing on the way, as happens when an e-mail program breaks a long line. Ask for a new one.
          </p>
          <p className="mt-8">
            <ButtonLink href="/sign-in">Ask for a new link</ButtonLink>
          </p>
        </PageHeader>
      )}
    </Shell>
  );
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 300;
}
