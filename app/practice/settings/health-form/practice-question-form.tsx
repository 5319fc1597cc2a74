'use client';

import type { PracticeQuestionKind } from '@/care/practice-questions';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { CheckboxOrRadio } from '@/components/checkbox-or-radio';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { RadioList } from '@/components/radio-list';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import type { PracticeQuestionFormValues } from '@/db/care/practice-questions';
import { type PracticeQuestionFormState, saveHealthFormQuestion } from './actions';

const KINDS: { value: PracticeQuestionKind; title: string; hint?: string }[] = [
  { value: 'text', title: 'In words', hint: 'Up to 500 letters' },
  { value: 'yes_no', title: 'Yes or no' },
  { value: 'scale', title: 'A number from 0 to 10' },
  { value: 'choice', title: 'One of a few answers' },
];

const PROBLEMS = {
  busy: {
    title: 'The practice is busy',
    text: 'Nothing was changed, and what you typed is still here. Try again in a moment.',
  },
  changed: {
    title: 'Somebody else has changed this meanwhile',
    text: 'Nothing of yours was saved. What you typed is still here: copy it, and open the question again.',
  },
  not_found: {
    title: 'This question is no longer asked',
    text: 'Somebody has removed it. What you typed is still here: you can add it as a new one.',
  },
};

/**
 * A question of the practice's own. `id` is null for a new one. The fields of each kind open below it, also without
 * script.
 */
export function PracticeQuestionForm(props: { id: string | null; mark: string; values: PracticeQuestionFormValues }) {
  const untouched: PracticeQuestionFormState = { values: props.values, errors: {}, problem: null, answer: 0 };
  const { state, form, failure } = useActionForm(saveHealthFormQuestion, untouched);
  const formRef = useFocusAfterSubmit(state.answer);
  const { values, errors, problem } = state;
  return (
    <form {...form} ref={formRef} key={state.answer} noValidate className="group grid max-w-[46rem] gap-6">
      <input type="hidden" name="id" value={props.id ?? ''} />
      <input type="hidden" name="mark" value={props.mark} />
      {problem && (
        <Notice tone="bad" title={PROBLEMS[problem].title} live>
          {PROBLEMS[problem].text}
        </Notice>
      )}
      <Field
        label="Question"
        name="words"
        defaultValue={values.words}
        maxLength={400}
        error={errors.words}
        autoComplete="off"
      />
      <RadioList legend="How it is answered" name="kind" options={KINDS} chosen={values.kind} error={errors.kind} />
      <div className="hidden group-has-[[name=kind][value=choice]:checked]:block">
        <Field
          label="Answers, each on a line of its own"
          name="choices"
          lines={5}
          defaultValue={values.choices}
          error={errors.choices}
        />
      </div>
      <div className="hidden gap-4 group-has-[[name=kind][value=scale]:checked]:grid">
        <Field label="What 0 means" optional name="least" defaultValue={values.least} error={errors.least} />
        <Field label="What 10 means" optional name="most" defaultValue={values.most} error={errors.most} />
      </div>
      <CheckboxOrRadio
        {...{ type: 'checkbox', name: 'isRequired', value: 'yes', isChosen: values.isRequired }}
        hint="Else it may be left blank. Ask only for what you need."
      >
        It must be answered
      </CheckboxOrRadio>
      <div>
        <Button>Save</Button>
        {failure}
      </div>
    </form>
  );
}
