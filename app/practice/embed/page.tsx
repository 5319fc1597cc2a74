import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOut } from '@/app/practice/sign-out';
import { requireViewer } from '@/auth';
import { Opening } from '@/components/opening';
import { PracticeShell } from '@/components/shell';
import { listEmbedOrigins } from '@/db/practice/embed-origins';
import { getPractice } from '@/db/practice/practice';
import { SitesForm } from './sites-form';

export const metadata: Metadata = { title: 'Sites that may show our times', robots: { index: false } };

export default async function PracticeEmbedPage() {
  await connection();
  const viewer = await requireViewer('owner');
  const [practice, sites] = await Promise.all([getPractice(), listEmbedOrigins()]);
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOut />}>
      <Opening
        crumbs={[{ href: '/practice/settings', label: 'Settings' }]}
        title="Sites that may show our times"
        from={
          <>
            Snippets for them are on <a href="/embed">Ready to book, on your site</a>.
          </>
        }
      />
      <SitesForm sites={sites} />
    </PracticeShell>
  );
}
