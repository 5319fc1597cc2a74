import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { pickAppearance } from '@/db/practice/appearance';
import { getPractice } from '@/db/practice/practice';
import { AppearanceForm } from './appearance-form';

export const metadata: Metadata = { title: 'Logo and colour', robots: { index: false } };

export default async function LookPage() {
  await connection();
  const viewer = await requireRole('owner');
  const practice = await getPractice();
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        crumbs={[{ href: '/practice/settings', label: 'Settings' }]}
        title="Logo and colour"
        from="Your site carries your name, your logo and your colour, on every page."
      />
      <AppearanceForm look={pickAppearance(practice)} markId={practice.markId} />
    </PracticeShell>
  );
}
