import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { BookAgainWithLimits } from '@/app/manage/[token]/book-again-button';
import {
  bookAgainByLinkHref,
  describeSeries,
  describeSeriesInSentence,
  formatAppointmentTime,
} from '@/app/manage/[token]/series-wording';
import { ButtonLink } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { type FlashContent, FlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { findAllPlansLink } from '@/db/access/all-plans-links';
import { findHealthBookingLimits, type HealthBookingLimits, mergeHealthLimits } from '@/db/care/health-booking-limits';
import { getMailLanguage } from '@/db/people/language-of-address';
import { listPlansOfEmail, type PlanOfEmail } from '@/db/people/plans-by-email-address';
import { getPractice } from '@/db/practice/practice';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { formatDay, formatZoneCity } from '@/scheduling/formatting';
import { extractFirstName, formatHowToContact } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { baseUrl } from '@/site-address';
import { MailLanguageForm } from './mail-language-form';
import { NextDate } from './next-date';
import { PastDates, type RowsProps } from './past-dates';

export const metadata: Metadata = { title: 'My dates' };

const notices: Record<string, FlashContent> = {
  language: { tone: 'good', title: 'Saved', text: 'Our next e-mails to you are in this language.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
  invalid: { tone: 'bad', title: 'Choose one of the languages', text: 'Nothing was changed.' },
};

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function MyDatesPage({ params, searchParams }: Props) {
  await connection();
  const { token } = await params;
  const { flash } = await searchParams;
  const now = Date.now();
  const found = await findAllPlansLink(token, now);
  if (found?.state !== 'open') notFound();
  const [practice, plans, mailLanguage] = await Promise.all([
    getPractice(),
    listPlansOfEmail(found.viewer, { now }),
    getMailLanguage(found.viewer),
  ]);
  const isNamed =
    new Set(plans.map(({ series }) => series.client.name)).size > 1 ||
    plans.some(({ series }) => series.bookedBy !== null);
  const userAgent = (await headers()).get('user-agent');
  const [first] = plans;
  const people = await listPeople(plans, now);
  const own = people[0]?.limited ?? null;
  const next = first && upcomingOf(first, now)[0];
  const forms = plans.filter(({ healthForm }) => healthForm !== null);
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="My dates"
        from={
          <>
            Everything booked with <b>{found.viewer.email}</b>.{!next && ' There are no upcoming dates.'}
          </>
        }
      >
        {!next &&
          (own ? (
            <div className="mt-6">
              <BookAgainWithLimits {...own} practice={practice} name={isNamed ? people[0]?.name : undefined} to="same">
                Book it again
              </BookAgainWithLimits>
            </div>
          ) : (
            <p className="mt-6 print:hidden">
              <ButtonLink href={first ? bookAgainByLinkHref(first.token, first.series) : '/book'}>
                {first ? 'Book it again' : 'Book a massage'}
              </ButtonLink>
            </p>
          ))}
      </PageHeader>
      <FlashNotice flash={flash} notices={notices} />
      {first && next && <NextDate plan={first} appointment={next} {...{ practice, now, isNamed, userAgent }} />}
      {forms.length > 0 && (
        <Section title="Forms" aside="Before you come." open={Boolean(next)}>
          <ul className="max-w-[50rem] border-t border-ink">
            {forms.map(({ series, token: key, healthForm }) => (
              <li
                key={series.uid}
                className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-4"
              >
                <span className="min-w-0">
                  <b className="font-serif text-item font-medium">Health form</b>
                  <span className="block text-small text-soft">
                    {healthForm === 'begun' ? 'You began it. Your answers so far are saved.' : 'About three minutes.'}
                    {forms.length > 1 && ` For ${describeSeriesInSentence(series, practice.locale)}.`}
                    {isNamed && (
                      <>
                        {' '}
                        It is about <bdi>{series.client.name}</bdi>.
                      </>
                    )}
                  </span>
                </span>
                <ButtonLink href={`/manage/${key}/intake`} kind="plain" slim className="print:hidden">
                  {healthForm === 'begun' ? 'Continue' : 'Fill it in'}
                </ButtonLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section
        title={plans.length === 1 ? 'Your plan' : 'Your plans'}
        aside={`Times are ${formatZoneCity(practice.timeZone)}.`}
        open={Boolean(next) && forms.length === 0}
      >
        <ul className="max-w-[50rem] border-t border-ink">
          {plans.map((plan) => (
            <PlanRow key={plan.series.uid} {...{ plan, practice, now, isNamed }} />
          ))}
        </ul>
        {people.map(
          ({ clientId, name, limited }) =>
            limited &&
            // The button at the top of the page already covers this person.
            (next || limited !== own) && (
              <div key={clientId} className="mt-4">
                <BookAgainWithLimits {...limited} practice={practice} name={isNamed ? name : undefined} to="any">
                  {isNamed ? `Book something else for ${name}` : 'Book something else'}
                </BookAgainWithLimits>
              </div>
            ),
        )}
        {(people.length === 0 || people.some(({ limited }) => !limited)) && (
          <p className="mt-4 print:hidden">
            <a href="/book" className="inline-flex min-h-11 items-center">
              {describeOtherPeople(people)}
            </a>
          </p>
        )}
      </Section>
      <PastDates {...{ plans, practice, now, isNamed }} />
      <MailLanguageForm token={token} chosen={mailLanguage} />
      <Section title="What we keep about you">
        <p className="max-w-[36rem]">
          Your name and how to reach you, your dates, what you paid, what you are waiting for, and which e-mails we
          sent. What you told us about your health is left out: each plan’s own page shows what you answered there. For
          a copy of everything, or to have it erased, {formatHowToContact(practice)}.
        </p>
        <p className="mt-2 flex flex-wrap gap-x-6 print:hidden">
          <a href={`/manage/mine/${token}/my-data`} className="inline-flex min-h-11 items-center">
            See it on a page
          </a>
          <a href={`/manage/mine/${token}/my-data.json`} download className="inline-flex min-h-11 items-center">
            Download it as a file
          </a>
          <a href="/privacy" className="inline-flex min-h-11 items-center">
            Your rights
          </a>
        </p>
      </Section>
      <Section title="This link">
        <p className="mb-3 max-w-[36rem]">
          It opens all your dates until{' '}
          {formatDay(toWallTime(practice.timeZone, found.endsAt).on, 'full', practice.locale)}. Anyone who has it can
          see and change them, so keep it to yourself.
        </p>
        <p className="max-w-[36rem] rounded border border-edge bg-sheet px-3.5 py-3 text-small wrap-anywhere">
          {`${baseUrl()}/manage/mine/${token}`}
        </p>
        <CopyButton text={`${baseUrl()}/manage/mine/${token}`} />
      </Section>
    </Shell>
  );
}

function PlanRow({ plan, practice, now, isNamed }: RowsProps & { plan: PlanOfEmail }) {
  const { series, token } = plan;
  const upcoming = upcomingOf(plan, now);
  const therapist = upcoming[0]?.therapist ?? series.therapist;
  return (
    <li className="border-b border-line py-4">
      <a href={`/manage/${token}`} className="inline-flex min-h-11 items-center font-serif text-item font-medium">
        {describeSeries(series, practice.locale)}
      </a>
      <p className="text-small text-soft">
        With {extractFirstName(therapist.name)}
        {isNamed && (
          <>
            , for <bdi>{series.client.name}</bdi>
          </>
        )}
        .{' '}
        {upcoming[0]
          ? `Next: ${formatAppointmentTime(upcoming[0], practice.locale)}. ${capitalizeFirstLetter(formatNumberInWords(upcoming.length))} upcoming ${upcoming.length === 1 ? 'date' : 'dates'}.`
          : 'There are no upcoming dates.'}
      </p>
    </li>
  );
}

interface Person {
  clientId: string;
  name: string;
  /**
   * What their answers leave out, with the tokens of their first plan and of those that leave something out; null where
   * nothing is left out.
   */
  limited: { limits: HealthBookingLimits; tokens: string[] } | null;
}

/**
 * The people who share the address, in the order of their plans. Answers given for one plan apply to all plans of that
 * person.
 */
async function listPeople(plans: PlanOfEmail[], now: number): Promise<Person[]> {
  const clientIds = [...new Set(plans.map(({ clientId }) => clientId))];
  return Promise.all(
    clientIds.map(async (clientId) => {
      const own = plans.filter((plan) => plan.clientId === clientId);
      const found = await Promise.all(own.map(({ viewer }) => findHealthBookingLimits(viewer, { now })));
      const limits = mergeHealthLimits(found);
      const tokens = own.filter((_, at) => at === 0 || found[at]).map(({ token }) => token);
      return { clientId, name: own[0]!.series.client.name, limited: limits && { limits, tokens } };
    }),
  );
}

/** Names the people for whom nothing is left out, where the others have a button of their own. */
function describeOtherPeople(people: Person[]): string {
  const free = people.filter(({ limited }) => !limited).map(({ name }) => name);
  return free.length === people.length ? 'Book something else' : `Book something else for ${free.join(' or ')}`;
}

function upcomingOf({ series }: PlanOfEmail, now: number) {
  return series.appointments.filter(({ status, startsAt }) => status === 'booked' && startsAt > now);
}
