import type { Metadata } from 'next';
import { findDemoMailLink } from '@/app/find-demo-mail-link';
import { listUpcomingAppointments, loadManagedSeries, mayWaitForSooner } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { DemoMailHint } from '@/components/demo-mail-hint';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { DayPartsField } from '@/components/waitlist/day-parts-field';
import { describeConfirmStep } from '@/components/waitlist/describe-confirm-step';
import { listServices } from '@/db/practice/services';
import { canJoinWaitlistFor } from '@/db/waitlist/join-request-issues';
import { listSoonerEntriesOfSeries } from '@/db/waitlist/waitlist-link-views';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatNumberInWords } from '@/scheduling/count-wording';
import { formatDayParts } from '@/scheduling/format-waitlist-request';
import { extractFirstName, formatHowToContact } from '@/scheduling/name-formatting';
import { ANY_DAY_PART, MAX_WAITLIST_REQUESTS } from '@/scheduling/waitlist-matching';
import { joinSoonerWaitlistByLink, leaveSoonerWaitlistByLink } from './actions';

export const metadata: Metadata = { title: 'Come sooner' };

interface SoonerPage {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Says what was done. `goesOut`: whether a mail server is set. */
const flashesOf = (
  goesOut: boolean,
  reach: string,
): Record<string, { tone: 'good' | 'bad'; title: string; text: string }> => ({
  waits: {
    tone: 'good',
    title: 'You are on the waiting list',
    text: `When a sooner time becomes free, we hold it for you and ${goesOut ? 'write to' : 'call'} you. Your date stays as it is until you say yes.`,
  },
  confirm: {
    tone: 'good',
    ...describeConfirmStep(goesOut, reach),
  },
  stopped: { tone: 'good', title: 'You no longer wait for a sooner time', text: 'Your date stays as it is.' },
  no_days: { tone: 'bad', title: 'Tick the days and times that suit you', text: 'Nothing was added.' },
  too_many: {
    tone: 'bad',
    title: `You can wait for ${formatNumberInWords(MAX_WAITLIST_REQUESTS)} times at most`,
    text: 'Nothing was added. Stop waiting for another first.',
  },
  invalid: { tone: 'bad', title: 'This massage has no waiting list', text: `Nothing was added. Please ${reach}.` },
  too_late: {
    tone: 'bad',
    title: 'That date can no longer be moved',
    text: `So it cannot be swapped for a sooner one either. Please ${reach}.`,
  },
  too_often: {
    tone: 'bad',
    title: 'You have asked many times today',
    text: `Nothing was added. Try again tomorrow, or ${reach}.`,
  },
  not_found: { tone: 'bad', title: 'That date is no longer booked', text: 'Nothing was added.' },
  busy: {
    tone: 'bad',
    title: 'The practice’s computer is busy just now',
    text: 'Nothing was changed. Wait a moment and press the button again.',
  },
});

/** For a client who would like an earlier date: once accepted, it replaces their present date. */
export default async function SoonerPage({ params, searchParams }: SoonerPage) {
  const managed = await loadManagedSeries(params);
  const { uid, flash } = await searchParams;
  const { practice, token, viewer, now } = managed;
  const [services, entries] = await Promise.all([listServices(), listSoonerEntriesOfSeries(viewer, { now })]);
  const dates = listUpcomingAppointments(managed);
  const date =
    dates.find((appointment) => appointment.uid === uid) ??
    dates.find((appointment) => mayWaitForSooner(managed, appointment));
  const service = services.find(({ id }) => id === date?.service.id);
  const demoMail = await findDemoMailLink(practice);
  const flashes = flashesOf(isMailEnabled(), formatHowToContact(practice));
  const notice = typeof flash === 'string' && Object.hasOwn(flashes, flash) ? flashes[flash] : undefined;
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="Come sooner"
        from={
          date && (
            <>
              You have <b>{formatAppointmentTime(date, practice.locale)}</b>. It stays yours until you say yes to a
              sooner time.
            </>
          )
        }
        crumbs={[{ href: `/manage/${token}`, label: 'Your dates' }]}
      />
      {notice && (
        <div className="pb-10">
          <Notice tone={notice.tone} title={notice.title} id="flash">
            <p>{notice.text}</p>
            {flash === 'confirm' && demoMail && (
              <DemoMailHint demoMail={demoMail} next="press the link in the e-mail to you" />
            )}
          </Notice>
        </div>
      )}
      {entries.length > 0 && (
        <Section title="You wait for">
          <ul className="max-w-[46rem] border-b border-line">
            {entries.map((entry) => {
              const held = dates.find(({ startsAt }) => startsAt === entry.swaps);
              return (
                <li
                  key={entry.id}
                  className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-3 text-small"
                >
                  <span>
                    Sooner than {held ? formatAppointmentTime(held, practice.locale) : 'your date'}, with{' '}
                    {entry.therapist ? extractFirstName(entry.therapist) : 'anyone'}:{' '}
                    {formatDayParts(entry, practice.locale)}
                    {!entry.isConfirmed &&
                      `. ${describeConfirmStep(isMailEnabled(), formatHowToContact(practice)).title}.`}
                  </span>
                  <ActionForm action={leaveSoonerWaitlistByLink}>
                    <input type="hidden" name="token" value={token} />
                    <input type="hidden" name="id" value={entry.id} />
                    <Button kind="plain" slim>
                      Stop waiting
                    </Button>
                  </ActionForm>
                </li>
              );
            })}
          </ul>
        </Section>
      )}
      <Section title={entries.length > 0 ? 'Wait for another' : 'What suits you'}>
        {date && mayWaitForSooner(managed, date) && service && canJoinWaitlistFor(service) ? (
          <ActionForm action={joinSoonerWaitlistByLink} className="grid max-w-[36rem] gap-6">
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="uid" value={date.uid} />
            <fieldset>
              <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">With</legend>
              {[
                { value: date.therapist.id, label: extractFirstName(date.therapist.name) },
                ...(service.therapists.length > 1 ? [{ value: '', label: 'Anyone' }] : []),
              ].map(({ value, label }) => (
                <label key={label} className="flex min-h-11 items-center gap-3">
                  <input
                    type="radio"
                    name="therapist"
                    value={value}
                    defaultChecked={value !== ''}
                    className="size-5 flex-none accent-euc"
                  />
                  {label}
                </label>
              ))}
            </fieldset>
            <DayPartsField chosen={ANY_DAY_PART} locale={practice.locale} />
            <div>
              <Button broad>Wait for a sooner time</Button>
            </div>
          </ActionForm>
        ) : (
          <Notice tone="quiet" title="Nothing to wait for here">
            <p>
              {dates.length > 0
                ? `A date that is near, or was moved as often as it can be here, is not swapped for a sooner one. Please ${formatHowToContact(practice)}, and a person will help.`
                : 'There are no upcoming dates.'}
            </p>
          </Notice>
        )}
      </Section>
    </Shell>
  );
}
