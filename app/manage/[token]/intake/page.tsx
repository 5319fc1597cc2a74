import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AnswersAboutOtherPersonNote } from '@/app/manage/[token]/intake-links';
import { loadManagedSeries, type ManagedSeries } from '@/app/manage/[token]/managed-series';
import { formatPracticeQuestionAnswer } from '@/care/practice-questions';
import type { SafetyVerdict } from '@/care/safety';
import { ButtonLink } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { HealthForm, isIntakeScreenId } from '@/components/health-form/health-form';
import {
  formatHealthQuestion,
  SAFETY_VERDICT_LEADS,
  SAFETY_VERDICT_TITLES,
  SafetyVerdictSections,
} from '@/components/health-form/safety-verdict-sections';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getIntake, type IntakeView } from '@/db/care/intake';
import { listServices } from '@/db/practice/services';
import { findCountryHelp, formatEmergencyHeading } from '@/questions/emergency-numbers';
import { formatDay } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { saveScreen } from './actions';

export const metadata: Metadata = { title: 'A few questions' };

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * The questions before the first visit: the screen where the client left off, a requested screen, or the result of the
 * answers.
 */
export default async function IntakePage({ params, searchParams }: Props) {
  const managed = await loadManagedSeries(params);
  const { step } = await searchParams;
  const { practice, token, now, viewer } = managed;
  const view = await getIntake(viewer, { now });
  if (!view) redirect(`/manage/${token}`);
  const { draft, submitted, why } = view;

  if (isIntakeScreenId(step))
    return (
      <Shell practice={practice} current="manage">
        <HealthForm
          screen={draft || step === 'agree' ? step : 'agree'}
          who={token}
          save={saveScreen}
          savedAnswers={draft}
          consents={view.consents}
          guardian={view.guardian}
          isUnder18={view.isUnder18}
          practiceName={practice.name}
          ownQuestions={view.ownQuestions}
        />
      </Shell>
    );
  if (view.stop) return <Stop managed={managed} view={view} verdict={view.stop} />;
  if (draft) return <Begun managed={managed} view={view} />;
  if (submitted && why === null) return <SubmittedForm managed={managed} view={view} />;
  if (view.isGivenElsewhere) return <Elsewhere managed={managed} />;
  return <Begin managed={managed} view={view} />;
}

interface PartProps {
  managed: ManagedSeries;
  view: IntakeView;
}

const crumbsOf = (token: string) => [{ href: `/manage/${token}`, label: 'Your dates' }];

const AGAIN = {
  old: 'You answered over a year ago, so we ask once more.',
  version: 'Our questions have changed since you answered, so we ask once more.',
  reason: 'You come for something else this time, so we ask once more.',
};

function Begin({ managed: { practice, series, token }, view }: PartProps) {
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="A few questions before your visit"
        crumbs={crumbsOf(token)}
        from={`${view.why ? AGAIN[view.why] : 'So that your therapist can plan your massage with care.'} Five short screens, about three minutes. Only the owner and whoever treats you read the answers.`}
      >
        <div className="mt-6">
          <ButtonLink href={`/manage/${token}/intake?step=agree`} broad>
            Begin
          </ButtonLink>
        </div>
        {series.bookedBy !== null && (
          <p className="mt-6 max-w-[40rem]">
            <AnswersAboutOtherPersonNote name={series.client.name} />
          </p>
        )}
        <p className="mt-6 max-w-[40rem] text-small text-soft">
          Would you rather talk? <ContactPhrase practice={practice} capital />, and we ask you ourselves.
        </p>
      </PageHeader>
    </Shell>
  );
}

function Begun({ managed: { practice, token }, view }: PartProps) {
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="Your answers so far are saved"
        crumbs={crumbsOf(token)}
        from="Go on when you like, on any device, with this link."
      >
        <div className="mt-6">
          <ButtonLink href={`/manage/${token}/intake?step=${view.next}`} broad>
            Go on
          </ButtonLink>
        </div>
      </PageHeader>
    </Shell>
  );
}

/** The form was answered by another link, so this link does not show the answers. */
function Elsewhere({ managed: { practice, token } }: { managed: ManagedSeries }) {
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="We have your answers"
        crumbs={crumbsOf(token)}
        from="You answered with the link to another plan, and can see your answers there. Has anything changed since?"
      >
        <div className="mt-6">
          <ButtonLink href={`/manage/${token}/intake?step=agree`} kind="plain" broad>
            Answer again
          </ButtonLink>
        </div>
      </PageHeader>
    </Shell>
  );
}

async function Stop({ managed, view, verdict }: PartProps & { verdict: NonNullable<IntakeView['stop']> }) {
  const { practice, token } = managed;
  return (
    <Shell practice={practice} current="manage">
      <PageHeader title={SAFETY_VERDICT_TITLES.emergency} from={SAFETY_VERDICT_LEADS.emergency} takesFocus />
      <SafetyVerdictSections
        verdict={verdict}
        answers={view.draft?.answers ?? {}}
        services={[]}
        practice={practice}
        emergency={formatEmergencyHeading(findCountryHelp(practice))}
        datesHref={`/manage/${token}`}
      />
      <Section title="Ticked by mistake?">
        <p className="max-w-[40rem]">
          <a href={`/manage/${token}/intake?step=${view.stopScreen}`}>Back to the questions</a>. What you answered is
          kept until you change it, and your therapist sees it.
        </p>
      </Section>
    </Shell>
  );
}

async function SubmittedForm({ managed, view }: PartProps) {
  const { practice, token } = managed;
  const { at, verdict, answers } = view.submitted!;
  const isSettled = view.submitted!.isSettled && verdict !== null && verdict.reasons.length > 0;
  const { hopes = '', own = [] } = answers ?? {};
  const day = formatDay(toWallTime(practice.timeZone, at).on, 'full', practice.locale);
  if (!verdict)
    return (
      <Shell practice={practice} current="manage">
        <PageHeader
          title="We cannot show your answers here"
          crumbs={crumbsOf(token)}
          from={`You answered on ${day}.`}
        />
        <div className="pb-10">
          <Notice tone="bad" title="We cannot open your answers at the moment">
            <p>
              <ContactPhrase practice={practice} capital />, or{' '}
              <a href={`/manage/${token}/intake?step=agree`}>answer again</a>.
            </p>
          </Notice>
        </div>
      </Shell>
    );
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title={isSettled ? 'Thank you. We have talked it over' : SAFETY_VERDICT_TITLES[verdict.tier]}
        crumbs={crumbsOf(token)}
        from={isSettled ? SAFETY_VERDICT_LEADS.fine : SAFETY_VERDICT_LEADS[verdict.tier]}
        takesFocus
      />
      {isSettled ? (
        <TalkedOver verdict={verdict} practice={practice} />
      ) : (
        <SafetyVerdictSections
          verdict={verdict}
          answers={answers?.answers ?? {}}
          services={await listServices()}
          practice={practice}
          emergency={formatEmergencyHeading(findCountryHelp(practice))}
          datesHref={`/manage/${token}`}
        />
      )}
      <Section title="Your answers" aside={`Given on ${day}.`}>
        {(hopes || own.length > 0) && (
          <DescriptionList className="mb-4 max-w-[46rem]">
            {hopes && (
              <DescriptionItem label="You hope for">
                <span className="wrap-anywhere whitespace-pre-line">{hopes}</span>
              </DescriptionItem>
            )}
            {own.map((answer) => (
              <DescriptionItem key={answer.question.id} label={answer.question.words}>
                <span className="wrap-anywhere whitespace-pre-line">{formatPracticeQuestionAnswer(answer)}</span>
              </DescriptionItem>
            ))}
          </DescriptionList>
        )}
        <p className="flex flex-wrap gap-x-6">
          <a href={`/manage/${token}/intake?step=agree`} className="inline-flex min-h-11 items-center">
            Answer again
          </a>
          <a href={`/manage/${token}/consents`} className="inline-flex min-h-11 items-center">
            What you agreed to
          </a>
        </p>
      </Section>
    </Shell>
  );
}

/** For matters that client and therapist now settle between themselves: the page gives no verdict. */
function TalkedOver({
  verdict,
  practice,
}: {
  verdict: SafetyVerdict;
  practice: { name: string; phone: string; phoneLink: string | null };
}) {
  return (
    <Section title="What we talked about">
      <ul className="max-w-[46rem] border-t border-line">
        {verdict.reasons.map(({ question }) => (
          <li key={question} className="border-b border-line py-3 font-serif text-read leading-[1.625rem]">
            {formatHealthQuestion(question)}
          </li>
        ))}
      </ul>
      <p className="mt-4 max-w-[40rem]">
        Is it different by now? Answer again below, or <ContactPhrase practice={practice} />.
      </p>
    </Section>
  );
}
