import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { makeShortNames } from '@/app/book/booking-wording';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import type { TherapistOrOwner } from '@/db/access/viewer';
import { previewHours } from '@/db/booking/save-hours';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import { listTherapistsWithEditableHours, type TherapistToSetHours } from '@/db/practice/hours-plan';
import { getPractice, type Practice } from '@/db/practice/practice';
import { toWallTime } from '@/scheduling/zone-conversion';
import { BreaksListAndForm } from './breaks-list-and-form';
import { CopyHoursForm } from './copy-hours-form';
import {
  describeCurrentWeeklyHours,
  describeHoursChange,
  findWeeklySetOn,
  formatSaveHoursButtonLabel,
} from './describe-hours-plan';
import { HoursChangePreview } from './hours-change-preview';
import { HoursFlashNotice } from './hours-flash-notice';
import {
  getHoursChangeKind,
  type HoursFormValues,
  hoursSettingsHref,
  parseDayParam,
  readHoursFormValues,
  toHoursChange,
} from './hours-form-values';
import { getInitialWeekValues, listHoursByTherapist, listHoursToCopy } from './hours-to-copy';
import { OneOffDays } from './one-off-days';
import { PlannedWeeks } from './planned-weeks';
import { WeeklyHoursForm } from './weekly-hours-form';

export const metadata: Metadata = { title: 'Hours', robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function HoursPage({ searchParams }: { searchParams: Promise<Query> }) {
  await connection();
  const viewer = await requireRole('practitioner');
  const [practice, owners, query] = await Promise.all([
    getPractice(),
    listTherapistsWithEditableHours(viewer),
    searchParams,
  ]);
  const shown =
    owners.find(({ id }) => id === query.who) ?? owners.find(({ id }) => id === viewer.therapistId) ?? owners[0];
  return (
    <PracticeShell
      practice={practice}
      current={viewer.role === 'owner' ? 'settings' : 'calendar'}
      viewer={viewer}
      signOut={<SignOutForms />}
    >
      {shown ? (
        <HoursOf key={shown.id} {...{ viewer, practice, owners, query }} owner={shown} />
      ) : (
        <PageHeader title="Hours" crumbs={crumbsOf(viewer)} from="No therapist is set up yet." />
      )}
    </PracticeShell>
  );
}

/** The breadcrumbs: an owner comes from the settings, a therapist from the calendar. */
function crumbsOf({ role }: TherapistOrOwner) {
  return [
    role === 'owner'
      ? { href: '/practice/settings', label: 'Settings' }
      : { href: '/practice/calendar', label: 'Calendar' },
  ];
}

interface HoursOfProps {
  viewer: TherapistOrOwner;
  practice: Practice;
  owners: TherapistToSetHours[];
  owner: TherapistToSetHours;
  query: Query;
}

async function HoursOf({ viewer, practice, owners, owner, query }: HoursOfProps) {
  const now = Date.now();
  const { timeZone, locale } = practice;
  const today = toWallTime(timeZone, now).on;
  const plans = await listHoursByTherapist(viewer, owners, today);
  const plan = plans.get(owner.id)!;
  const requested = readHoursFormValues((name) => query[name]);
  // A malformed address must not change the hours of whoever happens to be listed first.
  const change = requested.who === owner.id ? toHoursChange(requested) : null;
  const preview = change
    ? await previewHours(viewer, change, { now, listSuited: makeListSuitedTherapists(now) })
    : null;
  const errors: Record<string, string> =
    preview && !preview.ok && preview.reason === 'invalid'
      ? Object.fromEntries(preview.issues.map(({ path, message }) => [path.slice(0, 2).join('.'), message]).reverse())
      : {};
  const isAboutBreak =
    ['break', 'no_break'].includes(getHoursChangeKind(requested) ?? '') ||
    requested.break !== undefined ||
    requested.at !== undefined;
  const week =
    getHoursChangeKind(requested) === 'week'
      ? requested
      : getInitialWeekValues(plans, owner.id, plan, isAboutBreak ? {} : query, today);
  const before = findWeeklySetOn(plan, parseDayParam(week, 'from') || today).week;
  const laterWeeks = plan.sets.filter(({ validFrom }) => validFrom > today);
  const name = makeShortNames(owners)[owner.id]!;

  return (
    <>
      <PageHeader title={`${name}’s hours`} crumbs={crumbsOf(viewer)}>
        <p className="mt-3 text-small text-soft">{describeCurrentWeeklyHours(plan, today, locale)}</p>
        {owners.length > 1 && <Therapists owners={owners} shown={owner.id} />}
      </PageHeader>
      <HoursFlashNotice query={query} />
      <Section
        title="New weekly hours"
        aside="The old hours stay until the day before. You can plan more than one change."
      >
        <WeeklyHoursForm
          key={JSON.stringify(week)}
          {...{ before, today, locale }}
          errors={getHoursChangeKind(requested) === 'week' ? errors : {}}
          who={owner.id}
          values={week}
        />
        <CopyHoursForm who={owner.id} choices={listHoursToCopy(plans, owners, today, locale)} />
      </Section>
      {laterWeeks.length > 0 && (
        <Section title="Planned" aside="Each counts until the next begins.">
          <PlannedWeeks {...{ laterWeeks, locale }} who={owner.id} />
        </Section>
      )}
      <Section
        title="Repeating breaks"
        id="breaks"
        aside="Lunch, a meeting, the school run: nobody can book then. Taken out of the weekly hours, whatever they are."
      >
        <BreaksListAndForm
          key={JSON.stringify(isAboutBreak ? requested : {})}
          {...{ today, locale }}
          errors={breakErrors(requested, errors)}
          who={owner.id}
          breaks={plan.breaks}
          values={isAboutBreak ? requested : {}}
        />
      </Section>
      <Section title="One-off days" aside="They win over the weekly hours and the repeating breaks on that day.">
        <OneOffDays
          key={JSON.stringify(requested)}
          {...{ today, locale }}
          errors={getHoursChangeKind(requested) === 'days' ? errors : {}}
          who={owner.id}
          days={plan.days}
          values={getHoursChangeKind(requested) === 'days' ? requested : {}}
        />
        <p className="mt-4 text-small text-soft">
          Leave, breaks and closures of some hours are on{' '}
          <a href="/practice/time-off" className="inline-flex min-h-11 items-center">
            Time off
          </a>
          .
        </p>
      </Section>
      {preview && (
        <Section title="Before you save" id="before">
          {preview.ok ? (
            <>
              <p className="mb-4 max-w-[46rem]">{describeHoursChange(requested, plan, locale)}</p>
              <HoursChangePreview
                fields={requested}
                preview={preview}
                button={formatSaveHoursButtonLabel(requested, today, locale)}
                practice={practice}
                takesAll={query.take === 'all'}
              />
            </>
          ) : (
            <Notice tone="bad" title="These hours cannot be saved">
              {preview.reason === 'invalid' ? (
                <Issues errors={errors} />
              ) : (
                'That therapist is not there any more. Nothing was changed.'
              )}
            </Notice>
          )}
        </Section>
      )}
    </>
  );
}

/** The errors of a break, by the fields of its own form: a day's hours have a start and an end too. */
function breakErrors(
  requested: HoursFormValues,
  { from, until, ...errors }: Record<string, string>,
): Record<string, string> {
  if (getHoursChangeKind(requested) === 'no_break') return from ? { validFrom: from } : {};
  if (getHoursChangeKind(requested) !== 'break') return {};
  return { ...errors, ...(from && { breakFrom: from }), ...(until && { breakUntil: until }) };
}

function Therapists({ owners, shown }: { owners: TherapistToSetHours[]; shown: string }) {
  const shortNames = makeShortNames(owners);
  return (
    <nav aria-label="Whose hours" className="mt-5 flex flex-wrap gap-x-6 text-small">
      {owners.map(({ id }) => (
        <a
          key={id}
          href={hoursSettingsHref({ who: id })}
          aria-current={id === shown ? 'page' : undefined}
          className={`inline-flex min-h-11 min-w-11 items-center border-b-2 text-ink no-underline hover:underline ${id === shown ? 'border-euc font-semibold' : 'border-transparent'}`}
        >
          {shortNames[id]}
        </a>
      ))}
    </nav>
  );
}

function Issues({ errors }: { errors: Record<string, string> }): ReactNode {
  return (
    <>
      <p>Nothing was changed, and what you typed is still above.</p>
      <ul>
        {[...new Set(Object.values(errors))].map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </>
  );
}
