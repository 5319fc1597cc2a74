import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { listNoteStatusesOfClient } from '@/db/care/session-notes';
import { getClient } from '@/db/people/get-client';
import { getPractice } from '@/db/practice/practice';
import { NoteList } from './note-list';

export const metadata: Metadata = { title: 'Session notes', robots: { index: false } };

export default async function NotesPage({ params }: { params: Promise<{ id: string }> }) {
  await connection();
  const viewer = await requireRole('practitioner');
  const now = Date.now();
  const { id } = await params;
  const [practice, client, notes] = await Promise.all([
    getPractice(),
    getClient(viewer, id),
    listNoteStatusesOfClient(viewer, id, { now }),
  ]);
  if (!client || !notes) notFound();
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title="Session notes"
        crumbs={[
          { href: '/practice/clients', label: 'Clients' },
          { href: `/practice/clients/${id}`, label: client.name },
        ]}
        from="Who treats them and the owner may open one. Each time somebody does, the client can see it."
      />
      <div className="max-w-[50rem] pb-12">
        {notes.length === 0 ? (
          <p className="text-soft">There is no session to write of yet.</p>
        ) : (
          <NoteList notes={notes} practice={practice} now={now} />
        )}
        {viewer.therapistId !== null && (
          <p className="mt-6 text-small">
            <a href="/practice/phrases" className="inline-flex min-h-11 items-center">
              Your phrases
            </a>
          </p>
        )}
      </div>
    </PracticeShell>
  );
}
