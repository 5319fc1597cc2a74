import type { Metadata } from 'next';
import { connection } from 'next/server';
import { ReorderableList, RowActionButton } from '@/app/practice/settings/reorderable-list';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { listMassageSettings } from '@/db/offer/massages';
import { listTeam } from '@/db/offer/team';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { bringBackTeamMember } from './actions';
import { AddMemberForm } from './add-member-form';
import { formatRole } from './role-labels';

export const metadata: Metadata = { title: 'Team', robots: { index: false } };

const notes: Record<string, FlashContent> = {
  saved: { tone: 'good', title: 'Saved' },
  left: {
    tone: 'good',
    title: 'They have left the team',
    text: 'They are signed out everywhere, and nobody can book them. Their appointments that were kept are in the calendar.',
  },
  back: { tone: 'good', title: 'They are on the team again', text: 'Look at what they give, and at their hours.' },
  gone: { tone: 'bad', title: 'There was nothing to do', text: 'What you see now is how it stands.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
};

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function TeamPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, team, massages, { flash }] = await Promise.all([
    getPractice(),
    listTeam(viewer),
    listMassageSettings(viewer),
    searchParams,
  ]);
  const formerMembers = team.filter(({ role }) => role === null);
  const rows = team
    .filter(({ role }) => role !== null)
    .map(({ id, name, role, givesMassages, serviceIds }) => {
      const offered = massages.filter((massage) => massage.isActive && serviceIds.includes(massage.id));
      const givenMassages =
        offered.length === 0 ? 'gives nothing yet' : offered.map((massage) => massage.name).join(', ');
      const summary = givesMassages ? `${formatRole(role)}: ${givenMassages}` : formatRole(role);
      return { id, href: `/practice/settings/team/${id}`, name, summary };
    });
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title="Team" crumbs={[{ href: '/practice/settings', label: 'Settings' }]}>
        <LiveFlashNotice flash={flash} notices={notes} />
      </PageHeader>
      <Section title="Who works here">
        <ReorderableList rows={rows} nothing="Nobody yet." />
      </Section>
      <Section title="Add somebody">
        <AddMemberForm sendsMail={isMailEnabled()} />
      </Section>
      {formerMembers.length > 0 && (
        <Section title="Left" aside="They cannot sign in to these pages, and nobody can book them.">
          <ul className="max-w-[46rem] border-b border-line">
            {formerMembers.map(({ id, name }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-3">
                <bdi className="wrap-anywhere">{name}</bdi>
                <RowActionButton action={bringBackTeamMember} id={id} label={`Bring back: ${name}`}>
                  Bring back
                </RowActionButton>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </PracticeShell>
  );
}
