import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOut } from '@/app/practice/sign-out';
import { requireViewer } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Opening } from '@/components/opening';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { isPractitioner } from '@/db/access/viewer';
import { listAppointmentsDuring, listTimeOff, type TimeOffView } from '@/db/booking/time-off';
import { getPractice, type Practice } from '@/db/practice/practice';
import { toWall } from '@/scheduling/zone';
import { remove } from './actions';
import { Outcome } from './outcome';
import { saySpanOf, TimeOffPreview } from './preview';
import { listStaffChoices } from './staff-choices';
import { TimeOffForm } from './time-off-form';
import { fieldsOf, isAnswered, KINDS, requestOf } from './time-off-request';

export const metadata: Metadata = { title: 'Time off', robots: { index: false } };

interface TimeOffPage {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function TimeOffPage({ searchParams }: TimeOffPage) {
  await connection();
  const viewer = await requireViewer('staff');
  const raw = await searchParams;
  const now = Date.now();
  const [practice, { therapists, ids, options }, off] = await Promise.all([
    getPractice(),
    listStaffChoices(viewer),
    listTimeOff(viewer, { now }),
  ]);
  const { timeZone } = practice;
  const fields = fieldsOf((name) => raw[name], options);
  // The form of the check would send whoever stands here: never somebody that a crooked address did not name.
  const isKnown = isAnswered((name) => raw[name] ?? null, options);
  const request = isKnown ? requestOf(fields, timeZone, ids) : null;

  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOut />}>
      <Opening title="Time off" crumbs={[{ href: '/practice/calendar', label: 'Calendar' }]}>
        {isPractitioner(viewer) && (
          <p className="mt-3 text-small">
            <a href="/practice/settings/hours" className="inline-flex min-h-11 items-center">
              Weekly hours and one-off days
            </a>
          </p>
        )}
      </Opening>
      <Outcome flash={raw.flash} />
      {options.length === 0 ? (
        <Section title="Nobody’s time">
          <p>No therapist is set up yet.</p>
        </Section>
      ) : (
        <Section title="Take time off" aside="Nothing is taken until you have seen what is booked then.">
          <TimeOffForm
            key={JSON.stringify(fields)}
            {...{ fields, options, therapists }}
            today={toWall(timeZone, now).on}
          />
        </Section>
      )}
      {request && (
        <Section title="What is booked then" id="booked-then">
          <TimeOffPreview
            {...{ fields, request, practice, now }}
            inTheWay={await listAppointmentsDuring(viewer, request)}
          />
        </Section>
      )}
      <Section title="Upcoming">
        {off.length === 0 ? (
          <p className="text-soft">No time off is planned.</p>
        ) : (
          <ul className="max-w-[46rem] border-t border-ink">
            {off.map((timeOff) => (
              <OffRow key={timeOff.id} timeOff={timeOff} practice={practice} isNamed={options.length > 1} />
            ))}
          </ul>
        )}
      </Section>
    </PracticeShell>
  );
}

function OffRow({ timeOff, practice, isNamed }: { timeOff: TimeOffView; practice: Practice; isNamed: boolean }) {
  const span = saySpanOf({ start: timeOff.startsAt, end: timeOff.endsAt }, practice);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line py-2">
      <span>
        <b className="block font-serif text-[1.0625rem] leading-6 font-medium">{span}</b>
        <span className="text-small text-soft">
          {KINDS[timeOff.kind]}
          {isNamed && `, ${timeOff.therapist.name}`}
        </span>
      </span>
      <ActionForm action={remove}>
        <input type="hidden" name="id" value={timeOff.id} />
        <Button kind="plain" slim>
          Remove
          <span className="sr-only">
            {' '}
            {span}, {timeOff.therapist.name}
          </span>
        </Button>
      </ActionForm>
    </li>
  );
}
