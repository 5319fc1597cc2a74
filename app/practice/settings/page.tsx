import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PracticeShell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { SettingsIndex } from './settings-index';
import { SETTINGS_GROUPS, settingsPages } from './settings-pages';

export const metadata: Metadata = { title: 'Settings', robots: { index: false } };

interface Props {
  searchParams: Promise<{ find?: string | string[] }>;
}

export default async function SettingsPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, { find }] = await Promise.all([getPractice(), searchParams]);
  const facts = { viewer, practice, now: Date.now() };
  const rows = await Promise.all(
    settingsPages.map(async ({ group, title, href, alsoCalled = '', summary }) => {
      return { group, title, href, alsoCalled, summary: await summary(facts) };
    }),
  );
  const groups = SETTINGS_GROUPS.map((title) => ({ title, rows: rows.filter(({ group }) => group === title) }));
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <SettingsIndex groups={groups} searchWords={typeof find === 'string' ? find.slice(0, 100) : ''} />
    </PracticeShell>
  );
}
