import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { loadManagedSeries, type ManagedSeries } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { getConsentTextForSigner } from '@/care/consents';
import { getNextScoreMoment } from '@/care/score-moments';
import { ActionForm } from '@/components/action-form';
import { ButtonLink } from '@/components/button';
import { ConsentField } from '@/components/consent-field';
import { type FlashContent, FlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { ScoreSubmitButtons } from '@/components/score-submit-buttons';
import { Shell } from '@/components/shell';
import { getScorePageData, type ScorePageData } from '@/db/care/pain-scores';
import { hasOptedOutOfScoreMail } from '@/db/care/score-mail-opt-out';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { saveScoreByLink } from './actions';
import { ScoreDetailsForm } from './score-details-form';
import { ScoreMailOptOut } from './score-mail-opt-out';
import { isScoreStep, type ScoreStep } from './score-steps';

export const metadata: Metadata = { title: 'How is it?', robots: { index: false } };

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const QUESTIONS: Record<ScoreStep, { title: string; hint: string }> = {
  usual: {
    title: 'How was your pain this week, usually?',
    hint: 'The place that you come for. 0 is none, 10 the worst you can think of.',
  },
  worst: {
    title: 'And at its worst?',
    hint: 'This week, at its worst moment. 0 is none, 10 the worst you can think of.',
  },
};

/** One question on each page, answered with one tap. Scores are never part of an address. */
export default async function ScoreRequestPage({ params, searchParams }: Props) {
  const managed = await loadManagedSeries(params);
  const { step: requested, flash } = await searchParams;
  const { practice, token, viewer, now } = managed;
  const page = await getScorePageData(viewer, { now });
  if (!page) notFound();
  const step = isScoreStep(requested) ? requested : 'usual';
  const crumbs = [{ href: `/manage/${token}`, label: 'Your dates' }];
  if (!page.moment || requested === 'done' || requested === 'more') {
    const hasStopped = await hasOptedOutOfScoreMail(viewer);
    return (
      <Shell practice={practice} current="manage">
        <PageHeader
          title={saysTitle(page)}
          crumbs={crumbs}
          takesFocus={requested === 'more' && !flash}
          from={page.moment ? saysFor(managed, page) : describeWhenNext(managed, page)}
        >
          <div className="mt-6">
            <ButtonLink kind="plain" href={`/manage/${token}/progress`}>
              See what your scores say
            </ButtonLink>
          </div>
        </PageHeader>
        <Flash flash={flash} managed={managed} />
        {requested === 'more' && page.moment && page.hasConsent && <ScoreDetailsForm token={token} page={page} />}
        <ScoreMailOptOut token={token} hasStopped={hasStopped} />
      </Shell>
    );
  }
  const { title, hint } = QUESTIONS[step];
  const asksConsent = !page.hasConsent;
  if (asksConsent && page.isUnder18)
    return (
      <Shell practice={practice} current="manage">
        <PageHeader
          title="A parent or guardian agrees first"
          crumbs={crumbs}
          from="The client is under 18. Before a score is kept, their parent or guardian agrees to it on the first screen of the health form."
        >
          <div className="mt-6">
            <ButtonLink href={`/manage/${token}/intake?step=agree`} broad>
              For the parent or guardian
            </ButtonLink>
          </div>
        </PageHeader>
        <ScoreMailOptOut token={token} hasStopped={await hasOptedOutOfScoreMail(viewer)} />
      </Shell>
    );
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title={title}
        crumbs={crumbs}
        from={
          <>
            {managed.series.bookedBy !== null && (
              <>
                The answers are about <bdi>{managed.series.client.name}</bdi>.{' '}
              </>
            )}
            {saysFor(managed, page)}
          </>
        }
        takesFocus={step === 'worst' && !flash}
      />
      <Flash flash={flash} managed={managed} />
      <section aria-label="Your score" className="pb-10">
        <ActionForm action={saveScoreByLink} key={step}>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="step" value={step} />
          {asksConsent && (
            <div className="mb-6">
              <input type="hidden" name="asksConsent" value="yes" />
              <ConsentField
                text={getConsentTextForSigner('health_kept', practice.name, 'adult').text}
                checked={false}
                error={flash === 'consent' ? 'Tick this first, so that we may keep your score.' : undefined}
              />
              <p className="mt-2 text-small text-soft">
                Is the client under 18? A parent or guardian agrees for them on the{' '}
                <a href={`/manage/${token}/intake?step=agree`}>first screen of the health form</a>.
              </p>
            </div>
          )}
          <ScoreSubmitButtons legend={title} hint={hint} chosen={page.answers[step]} />
        </ActionForm>
        <p className="mt-6 max-w-[36rem] text-small text-soft">
          {page.isUnder18 && 'The client is under 18: their parent or guardian notes this with them. '}
          Your tap is kept at once, for the therapist who treats you and the owner of the practice. You can change it
          here until {formatUntil(managed, page)}.
        </p>
      </section>
      <ScoreMailOptOut token={token} hasStopped={await hasOptedOutOfScoreMail(viewer)} />
    </Shell>
  );
}

function saysTitle({ moment, answers }: ScorePageData): string {
  if (!moment) return 'There is nothing to note just now';
  return Object.values(answers).some((answer) => answer !== null) ? 'Thank you. That is noted.' : 'Nothing was noted';
}

/** Says which score it is, so that nobody wonders why they are asked again. */
function saysFor({ practice, series }: ManagedSeries, { moment }: ScorePageData) {
  if (moment === null) return undefined;
  if (moment.kind === 'before')
    return 'Two taps. Pain goes up and down, so we ask on three days before your first session: then there is something to compare with.';
  const visit = series.appointments.find(({ uid }) => uid === moment.visitId);
  if (!visit) return undefined;
  const when = formatAppointmentTime(visit, practice.locale);
  return moment.kind === 'session'
    ? `Two taps, before your session on ${when}.`
    : `Two taps, after your session on ${when}.`;
}

function formatUntil({ practice, series }: ManagedSeries, { moment }: ScorePageData): string {
  const timeZone = series.appointments[0]?.timeZone ?? practice.timeZone;
  return moment ? formatAppointmentTime({ startsAt: moment.until, timeZone }, practice.locale) : '';
}

function describeWhenNext({ practice, now }: ManagedSeries, { visits }: ScorePageData) {
  const next = getNextScoreMoment(visits, now);
  if (next === null) return 'No session is coming up.';
  return `The next score can be noted from ${formatAppointmentTime({ startsAt: next, timeZone: practice.timeZone }, practice.locale)}.`;
}

/** Says what was just done. */
function Flash({ flash, managed: { practice } }: { flash: unknown; managed: ManagedSeries }) {
  const notices: Record<string, FlashContent> = {
    consent: {
      tone: 'bad',
      title: 'Nothing was noted yet',
      text: 'Tick the sentence below, then tap your score again.',
    },
    guardian: {
      tone: 'bad',
      title: 'Nothing was noted yet',
      text: 'The client is under 18: a parent or guardian agrees first.',
    },
    skipped: { tone: 'quiet', title: 'Nothing was noted', text: 'That is fine. You can come back to this page.' },
    stopped: {
      tone: 'good',
      title: 'We will not ask again',
      text: 'You will get no more of these e-mails. E-mails about the dates still come.',
    },
    not_now: { tone: 'bad', title: 'Nothing was noted', text: 'The time for this score is over.' },
    invalid: { tone: 'bad', title: 'Nothing was noted', text: 'Please look at what you entered, and send it again.' },
    unreadable: {
      tone: 'bad',
      title: 'Nothing was noted',
      text: `We cannot open what you noted before, so we leave it as it is. Please ${formatHowToContact(practice)}.`,
    },
    not_found: { tone: 'bad', title: 'Nothing was noted', text: `Please ${formatHowToContact(practice)}.` },
    busy: {
      tone: 'bad',
      title: 'The practice’s computer is busy just now',
      text: 'Nothing was noted. Wait a moment and tap again.',
    },
  };
  return <FlashNotice flash={flash} notices={notices} />;
}
