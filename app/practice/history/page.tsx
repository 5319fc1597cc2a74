import type { Metadata } from 'next';
import { connection } from 'next/server';
import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { Button } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import type { HistoryKind } from '@/db/access/audit-actions';
import { listTeam } from '@/db/offer/team';
import { getPractice, type Practice } from '@/db/practice/practice';
import { type EventSubject, type HistoryLine, listHistory } from '@/db/reports/history';
import { describeEvent } from './describe-event';

export const metadata: Metadata = { title: 'History', robots: { index: false } };

const KINDS: Record<HistoryKind, string> = {
  bookings: 'Bookings and changes',
  hours: 'Hours, time off and days',
  clients: 'Clients',
  money: 'Money',
  settings: 'Settings and team',
  access: 'Signing in',
};

type Query = Record<string, string | string[] | undefined>;

export default async function HistoryPage({ searchParams }: { searchParams: Promise<Query> }) {
  await connection();
  const viewer = await requireRole('owner');
  const [raw, practice, team] = await Promise.all([searchParams, getPractice(), listTeam(viewer)]);
  const kind = isKind(raw.kind) ? raw.kind : null;
  const userId = team.find(({ id }) => id === raw.by)?.id ?? null;
  const before = typeof raw.before === 'string' ? raw.before : null;
  const { lines, older } = await listHistory(viewer, { kind, userId, before });
  const request = { ...(kind && { kind }), ...(userId && { by: userId }) };
  const href = (more: Record<string, string>) => `/practice/history?${new URLSearchParams({ ...request, ...more })}`;
  return (
    <PracticeShell practice={practice} viewer={viewer} signOut={<SignOutForms />} current="settings">
      <PageHeader title="History" crumbs={[{ href: '/practice/settings', label: 'Settings' }]}>
        <p className="mt-2 text-small text-soft">
          What was done here and by whom, the newest first. What was said of anybody’s health is never part of it.
        </p>
        <form className="mt-6 flex flex-wrap items-end gap-x-4 gap-y-3" action="/practice/history">
          <Choice name="kind" label="What" value={kind} all="Everything" options={Object.entries(KINDS)} />
          <Choice
            name="by"
            label="By whom"
            value={userId}
            all="Anybody"
            options={team.map(({ id, name, email }) => [id, name || email])}
          />
          <Button kind="plain" slim>
            Show
          </Button>
        </form>
      </PageHeader>
      {lines.length === 0 ? (
        <p className="text-soft">{before ? 'Nothing older.' : 'Nothing of this kind was done yet.'}</p>
      ) : (
        <ol className="border-b border-line lining-nums">
          {lines.map((line) => (
            <Line key={line.id} line={line} practice={practice} />
          ))}
        </ol>
      )}
      <nav aria-label="Pages of the history" className="mt-4 flex flex-wrap gap-x-6 text-small">
        {before && (
          <a href={href({})} className="inline-flex min-h-11 items-center">
            The newest
          </a>
        )}
        {older && (
          <a href={href({ before: older })} className="inline-flex min-h-11 items-center">
            Older
          </a>
        )}
      </nav>
    </PracticeShell>
  );
}

function isKind(value: unknown): value is HistoryKind {
  return typeof value === 'string' && Object.hasOwn(KINDS, value);
}

function Choice(props: {
  name: string;
  label: string;
  value: string | null;
  all: string;
  options: [string, string][];
}) {
  return (
    <label className="grid min-w-0 gap-1 text-small">
      <span className="font-[550]">{props.label}</span>
      <select
        name={props.name}
        defaultValue={props.value ?? ''}
        className="min-h-11 max-w-full rounded border border-edge bg-sheet px-3 py-2 text-ui text-ink"
      >
        <option value="">{props.all}</option>
        {props.options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Line({ line, practice }: { line: HistoryLine; practice: Practice }) {
  const moment = (instant: number) => formatDayAndTime(instant, practice);
  return (
    <li className="grid gap-x-6 border-t border-line py-2.5 mid:grid-cols-[11rem_minmax(0,1fr)]">
      <time className="text-small text-soft" dateTime={new Date(line.at).toISOString()}>
        {moment(line.at)}
      </time>
      <p className="min-w-0 [overflow-wrap:anywhere]">
        {describeEvent(line, moment)}
        {line.about && !isActor(line) && <Subject about={line.about} moment={moment} />}
      </p>
    </li>
  );
}

/** Whether the person who acted is also the subject, as with a sign-in: they are named once. */
function isActor({ by, about }: HistoryLine): boolean {
  return by.kind === 'staff' && about?.kind === 'staff' && by.name === about.name;
}

function Subject({ about, moment }: { about: EventSubject; moment: (instant: number) => string }) {
  if (about.kind !== 'client') return <span className="block text-small text-soft">{about.name}</span>;
  return (
    <span className="block text-small text-soft">
      <a href={`/practice/clients/${about.id}`}>{about.name}</a>
      {about.startAt !== null && `, ${moment(about.startAt)}`}
    </span>
  );
}
