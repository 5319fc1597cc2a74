import type { CareConsentKind } from '@/care/consents';
import { formatPracticeQuestionAnswer } from '@/care/practice-questions';
import type { Tier } from '@/care/safety';
import type { SafetyQuestionId } from '@/care/safety-questions';
import { sensitiveAreaNames, sensitiveAreas } from '@/care/sensitive-areas';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { formatHealthQuestion } from '@/components/health-form/safety-verdict-sections';
import type { HealthSummary, IntakeStatus } from '@/db/care/client-health-status';
import type { DatesWithUntrainedTherapist } from '@/db/care/prenatal-therapists';
import type { SessionCheckAssessment } from '@/db/care/session-check-answers';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { markHealthAnswersDiscussed } from './intake/actions';

export const INTAKE_STATUS_LABELS: Record<IntakeStatus, string> = {
  not_yet: 'Not answered yet',
  answered: 'Answered',
  needs_call: 'Needs a call',
};

/** The safety verdict in a few words, for those who treat. */
export const SAFETY_TIER_LABELS: Record<Tier, string> = {
  emergency: 'Help now: no massage',
  doctor_first: 'A doctor first: no massage',
  not_today: 'Not today',
  ask_first: 'Ask before you begin',
  adapt: 'Work around it',
  fine: 'Nothing stands in the way',
};

const AGAIN = {
  old: 'Over a year old: ask again.',
  version: 'The questions have changed since: ask again.',
  reason: 'They come for something else now: ask again.',
};

const SENTENCES: Record<CareConsentKind, string> = {
  treated: 'to be treated',
  health_kept: 'to have health answers kept',
  written_to: 'to be written to',
};

interface Props {
  clientId: string;
  standing: { level: IntakeStatus; sheet: HealthSummary | null };
  practice: { timeZone: string; locale: string };
}

/** What a client said about their health, as far as the viewer may know it. */
export function ClientHealthAnswers({ clientId, standing: { level, sheet }, practice }: Props) {
  const on = (at: number) => formatDay(toWallTime(practice.timeZone, at).on, 'full', practice.locale);
  if (!sheet)
    return (
      <p>
        <b className="font-medium">{INTAKE_STATUS_LABELS[level]}.</b>{' '}
        <span className="text-soft">What they answered, whoever treats them reads.</span>
      </p>
    );
  const { submitted, why, consents, next } = sheet;
  const about = Object.entries(submitted?.answers?.about ?? {}) as [SafetyQuestionId, string][];
  const withdrawn = (Object.keys(SENTENCES) as CareConsentKind[]).filter((kind) => consents[kind] === 'withdrawn');
  return (
    <>
      <p className={level === 'needs_call' ? 'font-medium text-clay' : 'font-medium'}>{INTAKE_STATUS_LABELS[level]}.</p>
      {withdrawn.map((kind) => (
        <p key={kind} className="font-medium text-clay">
          No longer agrees {SENTENCES[kind]}.
        </p>
      ))}
      {sheet.untrained && sheet.untrained.dates.length > 0 && (
        <Untrained {...{ practice, clientId }} {...sheet.untrained} />
      )}
      {next && (
        <div className="mt-2">
          <SessionCheckSummary answer={next.answer} />{' '}
          <a href={`/practice/before/${next.uid}`} className="inline-flex min-h-11 items-center text-small">
            {next.answer ? 'Ask again' : 'Ask what is new, on a tablet'}
          </a>
        </div>
      )}
      {submitted && (
        <DescriptionList className="mt-2">
          <DescriptionItem label="Verdict">
            {submitted.verdict
              ? SAFETY_TIER_LABELS[submitted.verdict.tier]
              : 'Stored under another key, and cannot be shown here'}
            . Given on {on(submitted.at)}. {why && AGAIN[why]}
          </DescriptionItem>
          {submitted.verdict && submitted.verdict.reasons.length > 0 && (
            <DescriptionItem label="They ticked">
              <ul className="grid gap-1">
                {submitted.verdict.reasons.map(({ question, tier }) => (
                  <li key={question}>
                    {submitted.answers?.answers[question] === 'unsure' && 'Not sure: '}
                    {submitted.answers?.answers[question] === undefined && 'Not answered: '}“
                    {formatHealthQuestion(question)}.” <span className="text-soft">{SAFETY_TIER_LABELS[tier]}.</span>
                  </li>
                ))}
              </ul>
            </DescriptionItem>
          )}
          {about.length > 0 && (
            <DescriptionItem label="Their words">
              <ul className="grid gap-1">
                {about.map(([question, words]) => (
                  <li key={question} className="wrap-anywhere whitespace-pre-line">
                    <bdi>{words}</bdi>
                  </li>
                ))}
              </ul>
            </DescriptionItem>
          )}
          {submitted.verdict && submitted.verdict.avoid.length > 0 && (
            <DescriptionItem label="Avoid">{submitted.verdict.avoid.join('; ')}</DescriptionItem>
          )}
          {submitted.answers?.hopes && (
            <DescriptionItem label="Hopes for">
              <bdi className="wrap-anywhere whitespace-pre-line">{submitted.answers.hopes}</bdi>
            </DescriptionItem>
          )}
          {submitted.answers?.own?.map((own) => (
            <DescriptionItem key={own.question.id} label={own.question.words}>
              <bdi className="wrap-anywhere whitespace-pre-line">{formatPracticeQuestionAnswer(own)}</bdi>
            </DescriptionItem>
          ))}
          {submitted.answers?.guardian && (
            <DescriptionItem label="Under 18">
              <bdi>{submitted.answers.guardian.name}</bdi> agreed as parent or guardian, and will be there.
            </DescriptionItem>
          )}
          {sheet.earlier.length > 0 && (
            <DescriptionItem label="Earlier">
              {sheet.earlier
                .map(({ at, tier }) => `${on(at)}: ${tier ? SAFETY_TIER_LABELS[tier] : 'cannot be shown'}`)
                .join('. ')}
              .
            </DescriptionItem>
          )}
        </DescriptionList>
      )}
      {submitted && submitted.settledAt !== null && <p className="mt-2">Talked over on {on(submitted.settledAt)}.</p>}
      {submitted && submitted.settledAt === null && level === 'needs_call' && consents.treated === 'given' && (
        <ActionForm action={markHealthAnswersDiscussed} className="mt-3">
          <input type="hidden" name="who" value={clientId} />
          <input type="hidden" name="at" value={submitted.at} />
          <Button kind="plain" slim>
            We have talked: they may come
          </Button>
        </ActionForm>
      )}
      <p className="mt-2 flex flex-wrap gap-x-6 text-small">
        <a href={`/practice/clients/${clientId}/intake`} className="inline-flex min-h-11 items-center">
          {submitted || sheet.isBegun ? 'The health form' : 'Ask now, on the spot'}
        </a>
        <a href={`/practice/clients/${clientId}/consents`} className="inline-flex min-h-11 items-center">
          What they agreed to
        </a>
      </p>
    </>
  );
}

/** The dates with somebody who is not trained for pregnancy, and what to do about them. */
function Untrained({
  dates,
  trained,
  isPregnancyStated,
  practice,
  clientId,
}: DatesWithUntrainedTherapist & Pick<Props, 'practice' | 'clientId'>) {
  const { timeZone, locale } = practice;
  const names = trained.map(({ name }) => extractFirstName(name));
  return (
    <div className="mt-2">
      <p className="font-medium text-clay">
        {isPregnancyStated
          ? 'Pregnant, gave birth lately, or not sure.'
          : 'Perhaps pregnant: their answers cannot be read here.'}{' '}
        {dates.length === 1 ? 'This date is' : 'These dates are'} with somebody who is not marked as trained for
        pregnancy.
      </p>
      <ul>
        {dates.map(({ uid, startsAt, therapist }) => (
          <li key={uid} className="flex flex-wrap items-center gap-x-4">
            {formatDay(toWallTime(timeZone, startsAt).on, 'short', locale)}, {formatTime(timeZone, startsAt, locale)},
            with {extractFirstName(therapist)}
            <a
              href={`/practice/hand-over/${uid}?${new URLSearchParams({ back: `/practice/clients/${clientId}` })}`}
              className="inline-flex min-h-11 items-center text-small"
            >
              Hand over
            </a>
          </li>
        ))}
      </ul>
      <p className="text-small text-soft">
        {names.length > 0
          ? `Trained: ${names.join(', ')}. Offer the client a time with one of them.`
          : 'Nobody on the team is marked as trained. Talk to the client before the next date.'}
      </p>
    </div>
  );
}

/** What a client said before a session, for viewers who may read it. */
export function SessionCheckSummary({ answer }: { answer: SessionCheckAssessment | null }) {
  if (!answer) return <>Before this session: not asked yet.</>;
  const { answers, verdict } = answer;
  if (!answers)
    return (
      <span className="font-medium text-clay">
        Before this session: answered. Stored under another key, and cannot be shown here: ask again.
      </span>
    );
  const about = Object.values(answers.about);
  const [yes, no] = (['yes', 'no'] as const).map((word) =>
    sensitiveAreas.filter((area) => answers.areas?.[area] === word).map((area) => sensitiveAreaNames[area]),
  );
  return (
    <div className="grid gap-1">
      <p className={answer.urgency ? 'font-medium text-clay' : ''}>
        {verdict ? `New before this session: ${SAFETY_TIER_LABELS[verdict.tier]}.` : 'Nothing new before this session.'}
      </p>
      {answers.signer === 'guardian' && <p>Their parent or guardian answered.</p>}
      {verdict?.reasons.map(({ question }) => (
        <p key={question}>
          {answers.answers[question] === 'unsure' && 'Not sure: '}“{formatHealthQuestion(question)}.”
        </p>
      ))}
      {about.map((words) => (
        <p key={words} className="wrap-anywhere whitespace-pre-line">
          <bdi>{words}</bdi>
        </p>
      ))}
      {yes && yes.length > 0 && <p>This session: yes near {yes.join(', ')}.</p>}
      {no && no.length > 0 && <p className="font-medium">This session: not near {no.join(', ')}.</p>}
    </div>
  );
}
