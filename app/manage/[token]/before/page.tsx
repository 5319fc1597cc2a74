import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { loadManagedSeries } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { ButtonLink } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { SessionCheckForm } from '@/components/health-form/session-check-form';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { getScorePageData } from '@/db/care/pain-scores';
import { findNextSession, getSessionCheck, sessionCheckQuestions } from '@/db/care/pre-session-check';
import { listServices } from '@/db/practice/services';
import { findCountryHelp, formatEmergencyHeading } from '@/questions/emergency-numbers';
import { formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { saveAreasByLink, saveNewSignsByLink, saveNothingNewByLink } from './actions';

export const metadata: Metadata = { title: 'Before your visit' };

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** From a day before each session: asks whether anything is new. */
export default async function BeforePage({ params, searchParams }: Props) {
  const managed = await loadManagedSeries(params);
  const { practice, token, viewer, series, now } = managed;
  const { step, flash, done } = await searchParams;
  const uid = await findNextSession(viewer.seriesId, { now });
  const session = uid && (await getSessionCheck(viewer, uid, { now }));
  if (!session) redirect(`/manage/${token}`);
  const date = series.appointments.find((appointment) => appointment.uid === uid)!;
  const moment = formatAppointmentTime(date, practice.locale);
  const { client, bookedBy } = series;
  // Who comes, where somebody else booked for them and reads this.
  const who = bookedBy === null ? null : extractFirstName(client.name);
  const crumbs = [{ href: `/manage/${token}`, label: 'Your dates' }];
  if (!session.isOpen)
    return (
      <Shell practice={practice} current="manage">
        <PageHeader
          title="It is too early to ask"
          crumbs={crumbs}
          from={`${who ? `${who}’s` : 'Your'} next date is ${moment}. From ${formatAppointmentTime({ ...date, startsAt: session.opensAt }, practice.locale)} on you can say here whether anything is new.`}
        />
      </Shell>
    );
  if (!session.hasConsent)
    return (
      <Shell practice={practice} current="manage">
        <PageHeader
          title="A few questions first"
          crumbs={crumbs}
          from={
            <>
              {who ? `We have no answers about ${who}` : 'You have not answered our questions'} yet, so we cannot ask
              what is new. It takes about three minutes. Or <ContactPhrase practice={practice} />, and we ask you
              ourselves.
            </>
          }
        >
          <div className="mt-6">
            <ButtonLink href={`/manage/${token}/intake?step=agree`} broad>
              Answer a few questions
            </ButtonLink>
          </div>
          <p className="mt-4">
            <a href={`/manage/${token}/score`} className="inline-flex min-h-11 items-center">
              Only note how it is today
            </a>
          </p>
        </PageHeader>
      </Shell>
    );
  // The second of two taps asks for the score. Somebody who has to be told something first is told that instead.
  const score = await getScorePageData(viewer, { now });
  const asksScore = score?.moment?.kind === 'session' && score.answers.usual === null;
  const isCalm = session.answer !== null && session.answer.urgency === null;
  const result = session.answer?.answers;
  const hasAreasLeft = result != null && session.areas.some((area) => result.areas?.[area] === undefined);
  if (done === '1' && step === undefined && isCalm && !hasAreasLeft && asksScore) redirect(`/manage/${token}/score`);
  const hour = formatTime(date.timeZone, date.startsAt, practice.locale);
  return (
    <Shell practice={practice} current="manage">
      <SessionCheckForm
        session={session}
        step={step}
        flash={flash}
        who={token}
        currentHref={`/manage/${token}/before?`}
        hello={`Hello ${extractFirstName(bookedBy ?? client.name)}. ${who ? `For ${who}, before` : 'Before'} ${moment}:`}
        isFirst={date.position === 1}
        questions={sessionCheckQuestions}
        actions={{ sayNothingNew: saveNothingNewByLink, saySigns: saveNewSignsByLink, saveAreas: saveAreasByLink }}
        services={await listServices()}
        practice={practice}
        emergency={formatEmergencyHeading(findCountryHelp(practice))}
        moveHref={`/manage/${token}/move?uid=${uid}`}
        datesHref={`/manage/${token}`}
        scoreHref={asksScore ? `/manage/${token}/score` : null}
        until={`${extractFirstName(date.therapist.name)} reads it before you begin. You can change it until ${hour}. If ${who ? `${who} has a fever or feels` : 'you have a fever or feel'} ill, choose “Yes” and tick it: you can then move this date free of charge, however late it is.`}
      />
    </Shell>
  );
}
