import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { findEditablePortrait } from '@/db/practice/appearance';
import { getPractice } from '@/db/practice/practice';
import { PortraitForm } from './portrait-form';

export const metadata: Metadata = { title: 'Photo', robots: { index: false } };

/** A therapist's own portrait; an owner can open anybody's by `who`. */
export default async function PortraitPage({ searchParams }: { searchParams: Promise<{ who?: string | string[] }> }) {
  await connection();
  const viewer = await requireRole('practitioner');
  const { who } = await searchParams;
  const requested = typeof who === 'string' ? who : (viewer.therapistId ?? undefined);
  const [practice, found] = await Promise.all([getPractice(), findEditablePortrait(viewer, requested)]);
  if (!found) notFound();
  return (
    <PracticeShell practice={practice} viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={found.therapistId === viewer.therapistId ? 'Your photo' : `Photo of ${found.name}`}
        from="Visitors see it where they choose whom to book with."
      />
      <PortraitForm {...found} />
    </PracticeShell>
  );
}
