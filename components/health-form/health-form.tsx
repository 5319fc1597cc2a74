import { type CareConsentKind, type ConsentSigner, getConsentTextForSigner } from '@/care/consents';
import {
  getFollowUpQuestion,
  type IntakeScreenId,
  intakeScreens,
  safetyQuestionsByScreen,
} from '@/care/intake-questions';
import type { PracticeFormQuestion, PracticeQuestionAnswer } from '@/care/practice-questions';
import { type RedFlag, redFlags } from '@/care/red-flags';
import { type SafetyQuestion, type SafetyQuestionId, safetyQuestions } from '@/care/safety-questions';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { HealthFormScreen } from './health-form-screen';
import { emptyScreenFormValues, type ScreenFormState, type ScreenFormValues } from './screen-form-data';
import type { WarningSignItem } from './warning-sign-checklist';

const TITLES: Record<IntakeScreenId, { title: string; lead: string; short: string; timeLeft: string }> = {
  agree: {
    title: 'Before we ask',
    lead: 'Five short screens. Only the owner and whoever treats you read the answers. Each is saved when you go on, so you can stop at any time.',
    short: 'start',
    timeLeft: 'About 3 minutes in total',
  },
  now: {
    title: 'Is any of this happening now?',
    lead: 'Tick what applies. What you leave open counts as no.',
    short: 'what is happening now',
    timeLeft: 'About 2 minutes left',
  },
  lately: {
    title: 'Has any of this come up lately?',
    lead: 'Tick what applies. What you leave open counts as no.',
    short: 'what came up lately',
    timeLeft: 'About 2 minutes left',
  },
  health: {
    title: 'Does any of this apply to you?',
    lead: 'A tick does not mean no massage: we ask you more, or change how we work. What you leave open counts as no.',
    short: 'your health',
    timeLeft: 'About a minute left',
  },
  hopes: {
    title: 'What you hope for',
    lead: 'The last screen. It helps your therapist to plan.',
    short: 'what you hope for',
    timeLeft: 'Almost done',
  },
};

/** The saved answers of a round that has begun. */
export interface SavedAnswers {
  answers: Partial<Record<SafetyQuestionId, 'yes' | 'no' | 'unsure'>>;
  about: Partial<Record<SafetyQuestionId, string>>;
  hopes: string;
  own?: PracticeQuestionAnswer[];
  guardian: { name: string; isPresent: boolean } | null;
  saved: IntakeScreenId[];
}

export function isIntakeScreenId(value: unknown): value is IntakeScreenId {
  return typeof value === 'string' && (intakeScreens as readonly string[]).includes(value);
}

/** Returns the screen before this one. */
export function getPreviousScreen(screen: IntakeScreenId): IntakeScreenId {
  return intakeScreens[Math.max(0, intakeScreens.indexOf(screen) - 1)]!;
}

/** The progress, the heading and the form of one screen. */
export function HealthForm(props: {
  screen: IntakeScreenId;
  who: string;
  save: (before: ScreenFormState, form: FormData) => Promise<ScreenFormState>;
  savedAnswers: SavedAnswers | null;
  consents: Record<CareConsentKind, 'given' | 'withdrawn' | 'never'>;
  /** Who answered for the client in the latest round. */
  guardian: SavedAnswers['guardian'];
  isUnder18: boolean;
  practiceName: string;
  ownQuestions: PracticeFormQuestion[];
}) {
  const { screen, who, save, savedAnswers, consents, practiceName } = props;
  const at = intakeScreens.indexOf(screen);
  const { title, lead, timeLeft } = TITLES[screen];
  const next = intakeScreens[at + 1];
  const sentence = (kind: CareConsentKind) => {
    const by = (signer: ConsentSigner) => getConsentTextForSigner(kind, practiceName, signer).text;
    return { adult: by('adult'), guardian: by('guardian') };
  };
  const minor = {
    isUnder18: savedAnswers?.saved.includes('agree') ? savedAnswers.guardian !== null : props.isUnder18,
    guardian: props.guardian,
  };
  return (
    <div className="pt-6 pb-10 wide:pt-10">
      <div className="max-w-[46rem] pb-6">
        <p className="mb-2 flex flex-wrap justify-between gap-x-4 text-small text-soft">
          <span>
            Health form, {at + 1} of {intakeScreens.length}
          </span>
          <span>{timeLeft}</span>
        </p>
        <ol aria-hidden="true" className="mb-6 grid grid-cols-5 gap-1">
          {intakeScreens.map((id, place) => (
            <li
              key={id}
              className={`h-2 rounded-[1px] border ${place < at ? 'border-transparent bg-fill-all' : place === at ? 'border-euc bg-euc forced-colors:bg-[Highlight]' : 'border-edge'}`}
            />
          ))}
        </ol>
        <FocusOnOpening key={screen}>
          <h1 tabIndex={-1} className="outline-none">
            {title}
          </h1>
        </FocusOnOpening>
        <p className="mt-2 max-w-measure text-soft">{lead}</p>
      </div>
      <HealthFormScreen
        key={screen}
        screen={screen}
        who={who}
        save={save}
        values={getInitialScreenValues(screen, savedAnswers, consents, minor)}
        ownQuestions={screen === 'hopes' ? props.ownQuestions : []}
        rows={screen === 'agree' || screen === 'hopes' ? [] : buildWarningSignItems(safetyQuestionsByScreen[screen])}
        sentences={{
          treated: sentence('treated'),
          healthKept: sentence('health_kept'),
          writtenTo: consents.written_to === 'given' ? null : sentence('written_to'),
        }}
        title={title}
        nextLabel={next ? `Next: ${TITLES[next].short}` : 'Send'}
        hasBack={at > 0}
      />
    </div>
  );
}

/** Questions as rows to tick, with a text field where details help a therapist to plan. */
export function buildWarningSignItems(ids: readonly SafetyQuestionId[]): WarningSignItem[] {
  return ids.map((id) => {
    const question: SafetyQuestion = safetyQuestions[id];
    const next = getFollowUpQuestion(id);
    return {
      id,
      signs: listQuestionSigns(id),
      follows: next ? { id: next, signs: listQuestionSigns(next) } : null,
      takesWords: question.tier === 'ask_first' || question.tier === 'adapt',
    };
  });
}

/** The signs of a question, in words. */
export function listQuestionSigns(id: SafetyQuestionId): string[] {
  const question: SafetyQuestion = safetyQuestions[id];
  return question.signs.map((sign) => (redFlags[sign] as RedFlag).sign);
}

/** The initial values of a screen: its own answers only, since all of them go into the page. */
export function getInitialScreenValues(
  screen: IntakeScreenId,
  savedAnswers: SavedAnswers | null,
  consents: Record<CareConsentKind, 'given' | 'withdrawn' | 'never'>,
  { isUnder18, guardian }: { isUnder18: boolean; guardian: SavedAnswers['guardian'] },
): ScreenFormValues {
  if (screen === 'agree')
    return {
      ...emptyScreenFormValues,
      ...{ treated: consents.treated === 'given', healthKept: consents.health_kept === 'given' },
      ...{ isMinor: isUnder18, guardianName: guardian?.name ?? '', guardianIsPresent: guardian?.isPresent ?? false },
    };
  const { touch: aboutTouch = '', ...about } = savedAnswers?.about ?? {};
  if (screen === 'hopes')
    return {
      ...emptyScreenFormValues,
      ...{
        hopes: savedAnswers?.hopes ?? '',
        touch: savedAnswers?.answers.touch === 'yes',
        about: { touch: aboutTouch },
      },
      own: Object.fromEntries((savedAnswers?.own ?? []).map(({ question, answer }) => [question.id, answer])),
    };
  const questionIds = safetyQuestionsByScreen[screen].flatMap((id) => [id, getFollowUpQuestion(id) ?? id]);
  const yes = questionIds.filter((id) => savedAnswers?.answers[id] === 'yes' || savedAnswers?.answers[id] === 'unsure');
  return {
    ...emptyScreenFormValues,
    ...{
      yes: [...new Set(yes)],
      unsure: [...new Set(questionIds.filter((id) => savedAnswers?.answers[id] === 'unsure'))],
    },
    none: (savedAnswers?.saved.includes(screen) ?? false) && yes.length === 0,
    about: Object.fromEntries(questionIds.map((id) => [id, about[id as keyof typeof about] ?? ''] as const)),
  };
}
