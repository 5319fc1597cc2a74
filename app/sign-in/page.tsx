import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { canEnterDemo, getViewer, homePathOf } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { Field } from '@/components/field';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { safeRedirectPath } from '@/site-address';
import { enterDemoAs } from './actions';

type SearchParams = Record<string, string | string[] | undefined>;

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

const FLASH_NOTICES: Record<string, FlashContent> = {
  put_back: { tone: 'good', title: 'Your earlier address is used again', text: 'Sign in with it.' },
};

const PROBLEMS: Record<string, { title: string; next: string }> = {
  link: {
    title: 'That link does not open anything any more',
    next: 'A link works once, for an hour. Ask for a new one below.',
  },
  wait: {
    title: 'That was many links in a short time',
    next: 'Nothing was sent this time. Please try again in ten minutes.',
  },
  busy: {
    title: 'The practice cannot be reached right now',
    next: 'Nothing was sent or changed. Please try again in a moment.',
  },
};

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await connection();
  const { problem, flash, callbackUrl } = await searchParams;
  const back = safeRedirectPath(callbackUrl, '');
  const [practice, viewer, isDemoOpen] = await Promise.all([getPractice(), getViewer(), canEnterDemo()]);
  const trouble = typeof problem === 'string' && Object.hasOwn(PROBLEMS, problem) ? PROBLEMS[problem] : undefined;

  return (
    <Shell practice={practice}>
      <PageHeader title="Sign in">
        <p className="mt-6 max-w-measure text-read font-serif">
          For the people who work here. We e-mail you a link; there is no password. To see or cancel your own booking
          you need no account: use the link in your mail, or <a href="/manage">ask for it again</a>.
        </p>
        <LiveFlashNotice flash={flash} notices={FLASH_NOTICES} />
        {trouble && (
          <div className="mt-6">
            <Notice tone="bad" title={trouble.title}>
              {trouble.next}
            </Notice>
          </div>
        )}
      </PageHeader>
      {viewer.role !== 'reader' && viewer.role !== 'link' ? (
        <Section title="You are signed in">
          <p className="mb-4">As {viewer.name}.</p>
          <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
            <ButtonLink href={back || homePathOf(viewer.role)} slim>
              Go on
            </ButtonLink>
            <SignOutForms />
          </div>
        </Section>
      ) : (
        <Section title="By e-mail">
          <form method="post" action="/api/auth/signin/email">
            <input type="hidden" name="callbackUrl" value={back} />
            <Field label="E-mail" name="email" type="email" autoComplete="email" maxLength={254} required />
            <Button kind={isDemoOpen ? 'plain' : 'fill'} broad className="mt-6">
              E-mail me a link
            </Button>
          </form>
        </Section>
      )}
      {isDemoOpen && (
        <Section title="This is a demo" aside="Only on this computer.">
          <p className="mb-6 max-w-measure">Look around as one of its made-up people. No mail is needed.</p>
          <ActionForm action={enterDemoAs} className="flex flex-col gap-3 mid:flex-row mid:flex-wrap">
            <input type="hidden" name="callbackUrl" value={back} />
            <Button name="role" value="therapist" kind={viewer.role === 'reader' ? 'fill' : 'plain'}>
              As therapist
            </Button>
            <Button name="role" value="owner" kind="plain">
              As owner
            </Button>
            <Button name="role" value="front_desk" kind="plain">
              As front desk
            </Button>
            <Button name="role" value="client" kind="plain">
              As client
            </Button>
          </ActionForm>
        </Section>
      )}
    </Shell>
  );
}
