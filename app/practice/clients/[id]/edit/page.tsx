import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { managesAllCalendars } from '@/db/access/viewer';
import { CLIENT_LANGUAGES } from '@/db/people/change-client';
import { getClient } from '@/db/people/get-client';
import { getPractice } from '@/db/practice/practice';
import { listTherapists } from '@/db/practice/therapists';
import { formatLanguageInEnglish, isMailLanguage } from '@/scheduling/mail-language';
import { EditClientForm } from './edit-client-form';

export const metadata: Metadata = { title: 'Change a client', robots: { index: false } };

export default async function EditPage({ params }: { params: Promise<{ id: string }> }) {
  await connection();
  const viewer = await requireRole('staff');
  const { id } = await params;
  const [practice, client, therapists] = await Promise.all([getPractice(), getClient(viewer, id), listTherapists()]);
  if (!client) notFound();
  const { favouriteTherapist: favourite } = client;
  // A therapist who has left stays chosen until somebody chooses another.
  const choices =
    favourite && !therapists.some((therapist) => therapist.id === favourite.id)
      ? [...therapists, favourite]
      : therapists;
  const languages = CLIENT_LANGUAGES.map((code) => ({
    code,
    name: formatLanguageInEnglish(code),
    isOfMail: isMailLanguage(code),
  }));
  const values = {
    ...{ name: client.name, email: client.email, phone: client.phone ?? '', language: client.language },
    ...{ favouriteTherapistId: favourite?.id ?? '', tags: client.tags.join(', '), booking: client.booking },
    ...{ movesMail: 'yes', endsLinks: 'yes', extraMinutes: `${client.extraMinutes}` },
    ...(client.alerts && { alerts: client.alerts.join('\n') }),
  };
  const canManage = managesAllCalendars(viewer);
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={`Change ${client.name}`}
        crumbs={[
          { href: '/practice/clients', label: 'Clients' },
          { href: `/practice/clients/${id}`, label: client.name },
        ]}
      />
      <div className="pb-12">
        <EditClientForm
          client={{ id, version: client.version, values }}
          therapists={choices.map(({ id, name }) => ({ id, name }))}
          languages={languages.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))}
          practiceLanguage={formatLanguageInEnglish(practice.mailLanguage)}
          may={{ alerts: client.alerts !== null, booking: canManage, merge: canManage }}
        />
      </div>
    </PracticeShell>
  );
}
