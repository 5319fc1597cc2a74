import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { START_STEP_CHOICES } from '@/db/practice/new-practice-defaults';
import { getPolicyFormValues } from '@/db/practice/policies';
import { getPractice } from '@/db/practice/practice';
import { PoliciesForm } from './policies-form';

export const metadata: Metadata = { title: 'Rules for booking', robots: { index: false } };

export default async function PoliciesPage() {
  await connection();
  const viewer = await requireRole('owner');
  const practice = await getPractice();
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        crumbs={[{ href: '/practice/settings', label: 'Settings' }]}
        title="Rules for booking"
        from="They are for clients: you and your colleagues may book, move and cancel at any time. Whatever you change here, everything that is booked stays booked, at its hour and its price. New rules count from the moment they are saved, also for moving and cancelling what was booked before."
      />
      <PoliciesForm policies={getPolicyFormValues(practice)} steps={START_STEP_CHOICES} />
    </PracticeShell>
  );
}
