import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ConsentRecords } from '@/components/consent-records';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { listConsents } from '@/db/care/consents';
import { getClient } from '@/db/people/get-client';
import { getPractice } from '@/db/practice/practice';
import { withdrawForClient } from './actions';

export const metadata: Metadata = { title: 'What a client agreed to', robots: { index: false } };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function ClientConsentsPage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('practitioner');
  const now = Date.now();
  const [{ id }, { flash }] = await Promise.all([params, searchParams]);
  const [practice, client, consents] = await Promise.all([
    getPractice(),
    getClient(viewer, id),
    listConsents(viewer, id),
  ]);
  if (!client || !consents) notFound();
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title="What they agreed to"
        crumbs={[
          { href: '/practice/clients', label: 'Clients' },
          { href: `/practice/clients/${id}`, label: client.name },
        ]}
        from={
          <>
            <bdi>{client.name}</bdi>, at {practice.name}. Withdraw something only when they ask you to: “you” below is
            the client.
          </>
        }
      />
      <ConsentRecords
        consents={consents}
        who={id}
        withdraw={withdrawForClient}
        flash={flash}
        hrefOf={({ uid, endsAt }) => (endsAt > now ? `/practice/before/${uid}?step=areas` : null)}
        formatDate={(startsAt) => formatAppointmentTime({ startsAt, timeZone: practice.timeZone }, practice.locale)}
      />
    </PracticeShell>
  );
}
