import { needsPrenatalTraining, type SafetyAnswers, type SafetyVerdict, type Tier } from '@/care/safety';
import { type SafetyQuestion, type SafetyQuestionId, safetyQuestions } from '@/care/safety-questions';
import { ContactPhrase } from '@/components/contact-phrase';
import { Section } from '@/components/section';
import { listQuestionSigns } from './health-form';

/** The heading of a verdict for the client. It says what to do, and never which illness they have. */
export const SAFETY_VERDICT_TITLES: Record<Tier, string> = {
  emergency: 'Please get help now',
  doctor_first: 'Please see a doctor first',
  not_today: 'Not today, please',
  ask_first: 'Please call us before you come',
  adapt: 'Thank you. We will work around it',
  fine: 'Thank you. That is all we need',
};

/** The line below the heading. */
export const SAFETY_VERDICT_LEADS: Record<Tier, string> = {
  emergency: 'A massage can wait. Your dates are kept until you move or cancel them.',
  doctor_first:
    'A massage can wait, and your health comes first. When a doctor says that a massage is fine, come as planned.',
  not_today: 'A massage can wait until you are well, or until a doctor says that it is fine.',
  ask_first: 'There are things to talk about before we begin. It takes a minute on the phone.',
  adapt: 'Come as planned. Your therapist reads this before you begin.',
  fine: 'Come as planned. Before each visit we ask whether anything is new.',
};

interface Props {
  verdict: SafetyVerdict;
  /** The answers that led to the verdict. */
  answers: SafetyAnswers;
  /** The massages of the practice. */
  services: { id: string; name: string }[];
  practice: { name: string; phone: string; phoneLink: string | null };
  /** Where to call, such as "Call 112 or 999, or go to hospital, now". */
  emergency: string;
  /** Where dates are moved or cancelled. */
  datesHref: string | null;
}

/** The reasons, what changes, and whom to call. */
export function SafetyVerdictSections({ verdict, answers, services, practice, emergency, datesHref }: Props) {
  const { tier, reasons, avoid } = verdict;
  const isUrgent = tier === 'emergency' || tier === 'doctor_first' || tier === 'not_today';
  const named = (state: 'not_offered' | 'light_only') =>
    services.filter(({ id }) => verdict.services[id] === state).map(({ name }) => name);
  const notOffered = isUrgent ? [] : named('not_offered');
  const isTrained = !isUrgent && needsPrenatalTraining(answers);
  const light = isUrgent ? [] : named('light_only');
  return (
    <>
      {tier === 'emergency' && (
        <Section title={emergency} tone="clay">
          <Reasons reasons={reasons.filter((reason) => reason.tier === 'emergency')} answers={answers} />
        </Section>
      )}
      {reasons.length > 0 && tier !== 'emergency' && (
        <Section title="Why" {...(isUrgent && { tone: 'clay' as const })}>
          <Reasons reasons={reasons} answers={answers} />
        </Section>
      )}
      {(notOffered.length > 0 || light.length > 0 || isTrained || (avoid.length > 0 && !isUrgent)) && (
        <Section title="What changes">
          <ul className="grid max-w-[46rem] gap-2">
            {light.length > 0 && <li>We press lightly: {listOf(light)}.</li>}
            {notOffered.length > 0 && <li>Not offered to you just now: {listOf(notOffered)}.</li>}
            {isTrained && (
              <li>
                You can now book online only with a therapist who is trained for pregnancy. If one of your dates is with
                somebody else, please talk to us.
              </li>
            )}
            {avoid.map((place) => (
              <li key={place}>We avoid {place}.</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Talk to us">
        <p className="max-w-[40rem]">
          <ContactPhrase practice={practice} capital />, and a person will help.
          {datesHref && (
            <>
              {' '}
              <a href={datesHref}>Move or cancel a date</a>.
            </>
          )}
        </p>
        <p className="mt-3 max-w-[40rem] text-small text-soft">
          This follows published advice on when a massage has to wait. It says what to do, not what you have. No
          clinician has reviewed it yet. <a href="/questions/is-massage-safe">Is massage safe for me?</a>
        </p>
      </Section>
    </>
  );
}

function Reasons({ reasons, answers }: { reasons: SafetyVerdict['reasons']; answers: SafetyAnswers }) {
  return (
    <ul className="max-w-[52rem] border-t border-line">
      {reasons.map(({ question, say }) => (
        <li
          key={question}
          className="grid gap-x-8 gap-y-1 border-b border-line py-3 last:border-b-0 wide:grid-cols-[minmax(0,1fr)_19rem] wide:items-baseline"
        >
          {/* Unless the answer is a plain yes, `say` names the sign itself. */}
          {answers[question] === 'yes' ? (
            <>
              <span className="font-serif text-read leading-[1.625rem]">{formatHealthQuestion(question)}</span>
              <span className="text-small">{say}</span>
            </>
          ) : (
            <span className="font-serif text-read leading-[1.625rem] wide:col-span-2">{say}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The signs of a question on one line, joined by "or". */
export function formatHealthQuestion(id: SafetyQuestionId): string {
  const [first, ...others] = listQuestionSigns(id);
  const question: SafetyQuestion = safetyQuestions[id];
  return question.signs.length === 1
    ? first!
    : [first, ...others.map((sign) => sign.charAt(0).toLowerCase() + sign.slice(1))].join('; or ');
}

function listOf(names: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}
