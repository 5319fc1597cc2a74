import type { Metadata } from 'next';
import { connection } from 'next/server';
import { DateDecisionsForm } from '@/app/practice/date-decisions/date-decisions-form';
import { toDateToDecideViews } from '@/app/practice/date-decisions/date-decisions-form-data';
import { previewProposedEmail } from '@/app/practice/date-decisions/email-preview';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { isTherapistOrOwner, type Staff } from '@/db/access/viewer';
import { listDatesInTimeOff } from '@/db/booking/dates-in-time-off';
import { listTimeOff, type TimeOffView } from '@/db/booking/time-off';
import type { TimeOffRequest } from '@/db/booking/time-off-span';
import { listUndoableBulkChanges } from '@/db/booking/undoable-bulk-changes';
import { listNamesById } from '@/db/practice/names-by-id';
import { getPractice, type Practice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatWallTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { endTimeOff, takeTimeOff } from './actions';
import { describeSpanReadings } from './describe-span-readings';
import { formatTimeOffSpan } from './format-time-off-span';
import { listTherapistOptions } from './therapist-options';
import { TimeOffFlashNotice } from './time-off-flash-notice';
import { TimeOffForm } from './time-off-form';
import {
  EVERYONE,
  getTimeOffDaysProblem,
  hasKnownWhoAndKind,
  needsTimeOffSpanChoice,
  readTimeOffFormValues,
  TIME_OFF_KIND_LABELS,
  type TimeOffFormValues,
  toTimeOffRequest,
} from './time-off-form-values';
import { UndoBulkChangeNotice } from './undo-bulk-change-notice';

export const metadata: Metadata = { title: 'Time off', robots: { index: false } };

interface TimeOffPage {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function TimeOffPage({ searchParams }: TimeOffPage) {
  await connection();
  const viewer = await requireRole('staff');
  const raw = await searchParams;
  const now = Date.now();
  const [practice, { therapists, ids, options }, off] = await Promise.all([
    getPractice(),
    listTherapistOptions(viewer),
    listTimeOff(viewer, { now }),
  ]);
  const { timeZone } = practice;
  const today = toWallTime(timeZone, now).on;
  const fields = readTimeOffFormValues((name) => raw[name], options, today);
  // The preview's form can take the time of the therapist shown: never of somebody that a malformed address did not
  // name.
  const isKnown = hasKnownWhoAndKind((name) => raw[name] ?? null, options);
  const request = isKnown ? toTimeOffRequest(fields, timeZone, ids) : null;
  // Also of those who have left: what they left behind may still be undone, or it is said why not.
  const { therapists: names } = await listNamesById();
  const undoable = await listUndoableBulkChanges(
    viewer,
    [...names.keys()].map((id) => `therapist:${id}`),
    { now },
  );
  const problem = request && !needsTimeOffSpanChoice(fields) ? getTimeOffDaysProblem(request, now) : null;
  const form = (
    <TimeOffForm
      key={JSON.stringify(fields)}
      {...{ fields, options, therapists, today, problem }}
      isAnswered={request !== null}
    />
  );

  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title="Time off" crumbs={[{ href: '/practice/calendar', label: 'Calendar' }]}>
        {isTherapistOrOwner(viewer) && (
          <p className="mt-3 text-small">
            <a href="/practice/settings/hours" className="inline-flex min-h-11 items-center">
              Weekly hours, repeating breaks and one-off days
            </a>
          </p>
        )}
      </PageHeader>
      <TimeOffFlashNotice flash={raw.flash} />
      {undoable.map((change, at) => (
        <UndoBulkChangeNotice
          key={change.id}
          {...{ change, practice }}
          names={names}
          isNew={at === 0 && raw.flash === 'carried_out'}
        />
      ))}
      {request && needsTimeOffSpanChoice(fields) && <WhichSpan {...{ fields, practice }} />}
      {request && !needsTimeOffSpanChoice(fields) && (
        <RequestedAbsence
          {...{ viewer, fields, request, practice, now }}
          names={therapists.filter(({ id }) => request.therapistIds.includes(id)).map(({ name }) => name)}
        />
      )}
      {options.length === 0 ? (
        <Section title="Nobody’s time">
          <p>No therapist is set up yet.</p>
        </Section>
      ) : request ? (
        <Section title="Something else">
          <details open={problem !== null}>
            <summary className="flex min-h-11 w-fit cursor-pointer items-center text-euc underline underline-offset-4">
              Other days, or somebody else
            </summary>
            <div className="pt-4">{form}</div>
          </details>
        </Section>
      ) : (
        <Section title="Take time off" aside="Nothing is taken until you have seen what is booked then.">
          {form}
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

/** Hours over several days can mean two things: nothing is looked up before somebody has said which. */
function WhichSpan({ fields, practice }: { fields: TimeOffFormValues; practice: Practice }) {
  const { from, at, until, to } = fields;
  const { locale } = practice;
  const [first, last] = [from, until].map((on) => formatDay(on, 'short', locale));
  const { each, one } = describeSpanReadings(fields, locale);
  return (
    <Section title="Which do you mean?" id="which" aside="Nothing is taken until you have seen what is booked then.">
      <form action="/practice/time-off" method="get" className="grid max-w-[36rem] gap-3">
        {Object.entries(fields)
          .filter(([name]) => name !== 'span')
          .map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        <p>
          {first} {formatWallTime(at, locale)} to {last} {formatWallTime(to, locale)} can be read in two ways.
        </p>
        <Button kind="plain" broad name="span" value="each">
          {each}
        </Button>
        <Button kind="plain" broad name="span" value="one">
          {one}
        </Button>
      </form>
    </Section>
  );
}

/** The appointments in the requested time, the choices for each, and the one button that carries all of it out. */
async function RequestedAbsence(props: {
  viewer: Staff;
  fields: TimeOffFormValues;
  request: TimeOffRequest;
  practice: Practice;
  now: number;
  /** The names of those who will be away. */
  names: string[];
}) {
  const { viewer, fields, request, practice, now, names } = props;
  const span = formatTimeOffSpan(request, practice);
  const title = fields.who === EVERYONE ? 'Everyone' : names[0];
  const problem = getTimeOffDaysProblem(request, now);
  if (problem) {
    return (
      <Section title={title} id="booked-then">
        <Notice tone="bad" title={problem}>
          <p>Nothing was changed. Choose other days below.</p>
        </Notice>
      </Section>
    );
  }
  const dates = await listDatesInTimeOff(viewer, request, { now });
  const isMany = request.therapistIds.length > 1;
  const firstNames = names.map(extractFirstName);
  const away = isMany ? `${firstNames.slice(0, -1).join(', ')} and ${firstNames.at(-1)}` : firstNames[0];
  const when = `${span.charAt(0).toLowerCase()}${span.slice(1)}`;
  const { who, from, at, until, to, kind, span: requested } = fields;
  const views = toDateToDecideViews(dates, practice, { isMany, isDayShown: true, otherwise: 'cancel' });
  const reason = `${away} cannot work ${request.end === null ? when : `on ${span}`}. We are sorry for the change.`;
  return (
    <section id="booked-then" aria-labelledby="booked-then-heading" className="border-t border-line py-8">
      <h2 id="booked-then-heading">
        <bdi>{title}</bdi>: {kind === 'leaving' ? `leaving ${when}` : span}
      </h2>
      <p className="mt-1 mb-6 text-soft">
        {dates.length === 0
          ? 'Nothing is booked then.'
          : `${dates.length === 1 ? 'One date is' : `${dates.length} dates are`} booked then. Nothing changes until you press the button below.`}
      </p>
      <DateDecisionsForm
        action={takeTimeOff}
        fields={{ who, from, at, until, to, kind, span: requested }}
        dates={views}
        reason={reason}
        email={await previewProposedEmail(viewer, { dates: views, reason }, now)}
        also={
          <ul className="list-disc pl-5">
            <li>
              {request.end === null ? 'Nobody can book them from then on.' : 'Nobody can book that time any more.'}
            </li>
            {dates.length > 0 && <li>Everyone keeps their price, and their place in the plan.</li>}
          </ul>
        }
        task="absence"
        button="Take this time off, each date as chosen"
        sendsMail={isMailEnabled()}
        buttonForNone="Take this time off"
      />
    </section>
  );
}

function OffRow({ timeOff, practice, isNamed }: { timeOff: TimeOffView; practice: Practice; isNamed: boolean }) {
  const span = formatTimeOffSpan({ start: timeOff.startsAt, end: timeOff.endsAt }, practice);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line py-2">
      <span>
        <b className="block font-serif text-[1.0625rem] leading-6 font-medium">{span}</b>
        <span className="text-small text-soft">
          {TIME_OFF_KIND_LABELS[timeOff.kind]}
          {isNamed && `, ${timeOff.therapist.name}`}
        </span>
      </span>
      <ActionForm action={endTimeOff}>
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
