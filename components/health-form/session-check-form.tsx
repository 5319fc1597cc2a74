import { GUARDIAN_STATEMENT } from '@/care/consents';
import type { SafetyAnswers, SafetyQuestionId, SafetyVerdict } from '@/care/safety';
import { type SensitiveArea, sensitiveAreaNames } from '@/care/sensitive-areas';
import { ButtonLink } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import { Section } from '@/components/section';
import { AnythingNewQuestion, NewSignsForm, SensitiveAreasForm } from './anything-new-forms';
import { buildWarningSignItems } from './health-form';
import { SAFETY_VERDICT_LEADS, SAFETY_VERDICT_TITLES, SafetyVerdictSections } from './safety-verdict-sections';
import type { ScreenFormState } from './screen-form-data';

/** What is asked before a session, and the answer so far. */
interface SessionCheckQuestions {
  uid: string;
  areas: SensitiveArea[];
  asksEverybody: boolean;
  isUnder18: boolean;
  answer: {
    at: number;
    answers: {
      isNew: boolean;
      answers: SafetyAnswers;
      about: Partial<Record<SafetyQuestionId, string>>;
      areas: Partial<Record<SensitiveArea, 'yes' | 'no'>> | null;
    } | null;
    verdict: SafetyVerdict | null;
    urgency: 'help_now' | 'talk_first' | null;
  } | null;
}

interface Props {
  session: SessionCheckQuestions;
  step: unknown;
  flash: unknown;
  /** A link's token; empty where staff ask. */
  who: string;
  /** The address of this page, with the beginning of a query. */
  currentHref: string;
  hello: string;
  isFirst: boolean;
  questions: SafetyQuestionId[];
  actions: {
    sayNothingNew: (form: FormData) => Promise<void>;
    saySigns: (before: ScreenFormState, form: FormData) => Promise<ScreenFormState>;
    saveAreas: (form: FormData) => Promise<void>;
  };
  services: { id: string; name: string }[];
  practice: { name: string; phone: string; phoneLink: string | null };
  emergency: string;
  /** Where the client moves this date; null where staff ask. */
  moveHref: string | null;
  /** Where the client's dates are, for a client's own link. */
  datesHref: string | null;
  /** Where to note a score; null once it is noted. */
  scoreHref: string | null;
  /** What is shown once the answers are complete. */
  until: string;
}

/** The questions before one session: whether anything is new, and where the therapist may work. */
export function SessionCheckForm(props: Props) {
  const { session, step, flash, who, currentHref, hello, isFirst, questions, actions, datesHref, until } = props;
  const { uid, areas, asksEverybody, isUnder18, answer } = session;
  const formProps = { who, uid, isUnder18 };
  const isAsking = answer === null || step === 'new';
  const answers = answer?.answers ?? null;
  const seen = answer?.at ?? 0;
  const isAreaLeft = answers !== null && areas.some((area) => answers.areas?.[area] === undefined);
  const asksAreas =
    areas.length > 0 && answer !== null && (step === 'areas' || (isAreaLeft && answer.urgency === null));
  if (step === 'signs')
    return (
      <Page title="What is new?" lead="Tick what applies. What you leave open counts as no.">
        <NewSignsForm
          {...formProps}
          seen={seen}
          rows={buildWarningSignItems(questions)}
          yes={idsOf(answers?.answers, ['yes', 'unsure'])}
          unsure={idsOf(answers?.answers, ['unsure'])}
          about={(answers?.about ?? {}) as Record<string, string>}
          saySigns={actions.saySigns}
        />
      </Page>
    );
  if (isAsking)
    return (
      <Page title={isFirst ? 'Anything new since you answered?' : 'Anything new since last time?'} above={hello}>
        {flash === 'busy' && <Busy />}
        {flash === 'guardian' && <WhoAnswers isUnder18={isUnder18} />}
        <AnythingNewQuestion
          {...formProps}
          seen={seen}
          sayNothingNew={actions.sayNothingNew}
          signsHref={`${currentHref}step=signs`}
          isFirst={isFirst}
        />
        <p className="mt-8 max-w-[36rem] text-small text-soft">{until}</p>
        {datesHref && (
          <p className="mt-3 max-w-[36rem] text-small text-soft">
            Cannot come? <a href={datesHref}>Move or cancel a date</a>, or <ContactPhrase practice={props.practice} />.
          </p>
        )}
      </Page>
    );
  if (asksAreas)
    return (
      <Page
        title="Where may your therapist work?"
        lead={`${asksEverybody ? 'We ask everybody this.' : 'What you came for, or what was worked on last time, may mean work near these places.'} A no changes the plan of this session, and never the price.`}
      >
        {flash === 'busy' && <Busy />}
        {flash === 'guardian' && <WhoAnswers isUnder18={isUnder18} />}
        <SensitiveAreasForm
          {...formProps}
          areas={areas.map((id) => ({ id, name: sensitiveAreaNames[id], isAllowed: answers?.areas?.[id] === 'yes' }))}
          saveAreas={actions.saveAreas}
        >
          {isUnder18 && `${GUARDIAN_STATEMENT}, and say for them: `}My therapist may work near the places I tick below,
          over a towel or clothing unless I say otherwise. I can say stop at any time. It counts for this session alone.
        </SensitiveAreasForm>
      </Page>
    );
  return <SavedAnswersView {...props} />;
}

function SavedAnswersView({
  session,
  flash,
  currentHref,
  services,
  practice,
  emergency,
  moveHref,
  scoreHref,
  until,
}: Props) {
  const { areas, answer } = session;
  const verdict = answer?.verdict ?? null;
  const answers = answer?.answers ?? null;
  const tier = verdict?.tier ?? (answer?.urgency === 'help_now' ? 'emergency' : undefined);
  const isToTalk = !tier && answer?.urgency === 'talk_first';
  return (
    <>
      {flash === 'changed' && (
        <div className="pt-6">
          <Notice tone="bad" title="This was answered elsewhere meanwhile" live>
            Your press was not kept. Below is what was answered; change it if it is not right.
          </Notice>
        </div>
      )}
      <Page
        title={
          tier
            ? SAFETY_VERDICT_TITLES[tier]
            : isToTalk
              ? 'Please talk to your therapist before you begin'
              : 'Thank you. See you then'
        }
        lead={tier ? SAFETY_VERDICT_LEADS[tier] : until}
        isShort
      >
        {tier === 'emergency' && !verdict && <p className="font-serif text-title text-clay">{emergency}</p>}
        {!tier && scoreHref && <ButtonLink href={scoreHref}>How is it today?</ButtonLink>}
        {answers?.answers.infection === 'yes' && moveHref && (
          <ButtonLink href={moveHref} broad>
            Move this date free of charge
          </ButtonLink>
        )}
      </Page>
      {verdict && (
        <SafetyVerdictSections
          verdict={verdict}
          answers={answers?.answers ?? {}}
          services={services}
          practice={practice}
          emergency={emergency}
          datesHref={moveHref}
        />
      )}
      <Section title="What you said">
        <p className="flex flex-wrap gap-x-6">
          <a href={`${currentHref}step=new`} className="inline-flex min-h-11 items-center">
            Change it
          </a>
          {areas.length > 0 && (
            <a href={`${currentHref}step=areas`} className="inline-flex min-h-11 items-center">
              Where your therapist may work
            </a>
          )}
        </p>
      </Section>
    </>
  );
}

function Page(props: { title: string; above?: string; lead?: string; isShort?: boolean; children: React.ReactNode }) {
  const { title, above, lead, isShort, children } = props;
  return (
    <div className={`pt-8 wide:pt-14 ${isShort ? 'pb-4' : 'pb-12'}`}>
      {above && <p className="mb-2 text-soft">{above}</p>}
      <FocusOnOpening key={title}>
        <h1 tabIndex={-1} className="outline-none">
          {title}
        </h1>
      </FocusOnOpening>
      {lead && <p className="mt-2 max-w-measure text-soft">{lead}</p>}
      <div className="mt-7">{children}</div>
    </div>
  );
}

/** Shown when the form was sent in the words of one signer but the other has to answer. */
function WhoAnswers({ isUnder18 }: { isUnder18: boolean }) {
  return (
    <div className="mb-6">
      <Notice tone="bad" title="Nothing was kept" live>
        {isUnder18
          ? 'Since this page was opened, a parent or guardian has agreed for the client: they answer here.'
          : 'Since this page was opened, the client has agreed for themselves: they answer here.'}
      </Notice>
    </div>
  );
}

function Busy() {
  return (
    <div className="mb-6">
      <Notice tone="bad" title="The practice’s computer is busy just now" live>
        Nothing was kept. Wait a moment and try again.
      </Notice>
    </div>
  );
}

function idsOf(answers: SafetyAnswers | undefined, allowedIds: string[]): string[] {
  return Object.entries(answers ?? {})
    .filter(([, answer]) => allowedIds.includes(answer))
    .map(([id]) => id);
}
