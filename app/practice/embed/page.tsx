import type { Metadata } from 'next';
import { connection } from 'next/server';
import { buildFrameSnippet, buildLinkSnippet } from '@/app/embed/html-snippets';
import { SnippetField } from '@/app/embed/snippet-field';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { listEmbedOrigins } from '@/db/practice/embed-origins';
import { getPractice } from '@/db/practice/practice';
import { baseUrl } from '@/site-address';
import { EmbeddingSitesForm } from './embedding-sites-form';

export const metadata: Metadata = { title: 'On your own site', robots: { index: false } };

export default async function PracticeEmbedPage() {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, sites] = await Promise.all([getPractice(), listEmbedOrigins()]);
  const base = baseUrl();
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        crumbs={[{ href: '/practice/settings', label: 'Settings' }]}
        title="On your own site"
        from="Readers of your site, or of a club or clinic that you work with, can book from its pages. Copy one of these into a page."
      />
      <Section id="link" title="A button" open>
        <p className="mb-4">Works on every site, and nothing else has to be set. It opens the booking.</p>
        <SnippetField label="The button, to copy" text={buildLinkSnippet(`${base}/book`)} />
        <p className="mt-4">
          To carry a question, a massage and how often: <a href="/embed">make other snippets</a>.
        </p>
      </Section>
      <Section id="frame" title="Your free times, in a frame">
        <p className="mb-4">
          Shows the regular times that are free. A press on one leaves the other site and opens the booking here, where
          the reader sees whose page it is. It shows only on the sites listed below.
        </p>
        <SnippetField
          label="The frame, to copy"
          text={buildFrameSnippet(`${base}/embed/times`, `Regular times at ${practice.name}`)}
        />
      </Section>
      <Section id="listed" title="Sites that may show the frame">
        <EmbeddingSitesForm sites={sites} />
      </Section>
    </PracticeShell>
  );
}
