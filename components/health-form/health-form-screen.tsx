'use client';

import type { IntakeScreenId } from '@/care/intake-questions';
import type { PracticeFormQuestion } from '@/care/practice-questions';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { RequiredCheckbox } from '@/components/required-checkbox';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { PracticeQuestionFields } from './practice-question-fields';
import {
  type ConsentFieldName,
  consentFieldName,
  type ScreenFormState,
  type ScreenFormValues,
} from './screen-form-data';
import { OptionalCheckbox, WarningSignChecklist, type WarningSignItem } from './warning-sign-checklist';

interface Sentence {
  adult: string;
  guardian: string;
}

interface Props {
  screen: IntakeScreenId;
  /** Who is asked, for the action: a link's token, or a client's id. */
  who: string;
  save: (before: ScreenFormState, form: FormData) => Promise<ScreenFormState>;
  values: ScreenFormValues;
  rows: WarningSignItem[];
  /** The practice's own questions, shown on the last screen. */
  ownQuestions: PracticeFormQuestion[];
  /** The consents, in the words of a client who is of age and of a parent or guardian. */
  sentences: {
    treated: Sentence;
    healthKept: Sentence;
    /** Null where it is already agreed to. */
    writtenTo: Sentence | null;
  };
  /** The heading, used for the list of signs. */
  title: string;
  /** The label of the next button. */
  nextLabel: string;
  hasBack: boolean;
}

/** One screen of the questions before the first visit, with buttons to go back and on. */
export function HealthFormScreen(props: Props) {
  const { screen, who, save, rows, sentences, title, nextLabel, hasBack } = props;
  const { state, form, failure } = useActionForm<ScreenFormState>(save, {
    ...{ values: props.values, errors: {}, problem: null, answer: 0 },
  });
  const formRef = useFocusAfterSubmit(state.answer);
  const { values, errors } = state;
  return (
    <form {...form} ref={formRef} key={state.answer} noValidate className="grid max-w-[46rem] gap-7">
      {/* The first button is the one that Enter presses in a field. */}
      <button type="submit" name="then" value="next" className="sr-only" tabIndex={-1} aria-hidden="true">
        {nextLabel}
      </button>
      <input type="hidden" name="who" value={who} />
      <input type="hidden" name="screen" value={screen} />
      {state.problem === 'busy' && (
        <Notice tone="bad" title="The practice’s computer is busy just now" live>
          What you entered is still here. Try again in a moment.
        </Notice>
      )}
      {screen === 'agree' && <Agree values={values} errors={errors} sentences={sentences} />}
      {screen === 'hopes' && (
        <>
          <Hopes values={values} errors={errors} />
          <PracticeQuestionFields questions={props.ownQuestions} values={values.own} errors={errors} />
        </>
      )}
      {rows.length > 0 && <WarningSignChecklist legend={title} rows={rows} values={values} errors={errors} />}
      <div className="-mx-(--gutter) border-t border-line bg-paper px-(--gutter) py-3.5 wide:mx-0 wide:border-0 wide:px-0">
        <div className="flex gap-3">
          {hasBack && (
            <Button kind="plain" name="then" value="back">
              Back
            </Button>
          )}
          <Button className="flex-1 wide:flex-none" name="then" value="next">
            {nextLabel}
          </Button>
        </div>
        <button
          type="submit"
          name="then"
          value="later"
          className="mt-2 inline-flex min-h-11 cursor-pointer items-center text-[0.9375rem] text-euc underline underline-offset-4"
        >
          Finish later
        </button>
      </div>
      {failure}
    </form>
  );
}

function Agree({
  values,
  errors,
  sentences,
}: { values: ScreenFormValues; errors: Record<string, string> } & Pick<Props, 'sentences'>) {
  return (
    <div className="group grid gap-7">
      <div className="grid gap-2">
        <OptionalCheckbox name="isMinor" value="yes" checked={values.isMinor} className="minor">
          The client is under 18
        </OptionalCheckbox>
        <div className="hidden gap-4 pl-8 group-has-[.minor:checked]:grid">
          <Field
            label="Name of a parent or guardian"
            name="guardianName"
            autoComplete="off"
            defaultValue={values.guardianName}
            error={errors.guardianName}
            hint="They read this page and tick what is below, in their own words."
          />
          <div>
            <RequiredCheckbox
              name="guardianIsPresent"
              value="yes"
              checked={values.guardianIsPresent}
              error={errors.guardianIsPresent}
            >
              <span>They will be there at every visit</span>
            </RequiredCheckbox>
          </div>
        </div>
      </div>
      <fieldset className="grid gap-3 border-t border-line pt-5">
        <legend className="float-left mb-2 text-[0.9375rem] font-[550]">What you agree to</legend>
        <div className="clear-both">
          <Consent name="treated" sentence={sentences.treated} values={values} errors={errors} />
        </div>
        <Consent name="healthKept" sentence={sentences.healthKept} values={values} errors={errors} />
        {sentences.writtenTo && (
          <Consent name="writtenTo" sentence={sentences.writtenTo} values={values} errors={errors} optional />
        )}
      </fieldset>
    </div>
  );
}

interface ConsentProps {
  name: ConsentFieldName;
  sentence: Sentence;
  values: ScreenFormValues;
  errors: Record<string, string>;
  optional?: boolean;
}

/**
 * Stored with the words that were read when it was ticked: each signer has a checkbox of their own, and the choice
 * above shows the right one, with script and without.
 */
function Consent({ name, sentence, values, errors, optional }: ConsentProps) {
  const Checkbox = optional ? OptionalCheckbox : RequiredCheckbox;
  return (['adult', 'guardian'] as const).map((signer) => {
    const isTheirs = values.isMinor === (signer === 'guardian');
    return (
      <div
        key={signer}
        className={signer === 'adult' ? 'group-has-[.minor:checked]:hidden' : 'hidden group-has-[.minor:checked]:block'}
      >
        <Checkbox
          name={consentFieldName(name, signer)}
          value="yes"
          checked={isTheirs && values[name]}
          error={isTheirs ? errors[name] : undefined}
        >
          <span>
            {sentence[signer]} {optional && <span className="text-soft">(optional)</span>}
          </span>
        </Checkbox>
      </div>
    );
  });
}

function Hopes({ values, errors }: { values: ScreenFormValues; errors: Record<string, string> }) {
  return (
    <>
      <Field
        label="One thing you want to do again, or do with less pain"
        optional
        name="hopes"
        lines={3}
        defaultValue={values.hopes}
        error={errors.hopes}
      />
      <div className="group border-t border-line">
        <OptionalCheckbox name="touch" value="yes" checked={values.touch} className="touch">
          <span className="block font-serif text-item leading-[1.625rem]">
            Touch is hard for me, or there is a place I do not want touched
          </span>
          <span className="block text-small text-soft">You need not answer, and need give no reason.</span>
        </OptionalCheckbox>
        <div className="hidden pb-4 pl-9 group-has-[.touch:checked]:block">
          <Field
            label="Where, or what helps"
            optional
            name="about-touch"
            defaultValue={values.about.touch}
            error={errors['about-touch']}
            autoComplete="off"
          />
        </div>
      </div>
    </>
  );
}
