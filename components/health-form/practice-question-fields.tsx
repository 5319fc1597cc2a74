import { formatPracticeQuestionAnswer, listAllowedAnswers, type PracticeFormQuestion } from '@/care/practice-questions';
import { Field } from '@/components/field';
import { FieldError } from '@/components/field-error';

/** The practice's own questions. `shown` lists those that were on the page. */
export function PracticeQuestionFields(props: {
  questions: PracticeFormQuestion[];
  values: Record<string, string>;
  errors: Record<string, string>;
}) {
  if (props.questions.length === 0) return null;
  return (
    <div className="grid gap-7 border-t border-line pt-6">
      {props.questions.map((question) => {
        const name = `own-${question.id}`;
        const field = { name, value: props.values[question.id] ?? '', error: props.errors[name] };
        return (
          <div key={question.id} className="min-w-0">
            <input type="hidden" name="shown" value={question.id} />
            {question.kind === 'text' ? (
              <Field
                label={question.words}
                optional={!question.isRequired}
                name={name}
                lines={3}
                defaultValue={field.value}
                error={field.error}
              />
            ) : (
              <OneOfFew question={question} {...field} />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Answers to choose from. If the question is optional, there is a choice for no answer, selected by default. */
function OneOfFew(props: { question: PracticeFormQuestion; name: string; value: string; error: string | undefined }) {
  const { question, name, value, error } = props;
  const isScale = question.kind === 'scale';
  const [least, most] = isScale ? question.choices : [];
  const described = [least ? `${name}-ends` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined;
  const options = [...(listAllowedAnswers(question) ?? []), ...(question.isRequired ? [] : [''])];
  const labelOf = (answer: string) => (isScale ? answer : formatPracticeQuestionAnswer({ question, answer }));
  return (
    <fieldset className="min-w-0" aria-describedby={described}>
      <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">
        {question.words}
        {!question.isRequired && <span className="font-normal text-soft"> (optional)</span>}
      </legend>
      {least && most && (
        <p id={`${name}-ends`} className="text-small text-soft">
          0: {least}. 10: {most}.
        </p>
      )}
      <div className={isScale ? 'flex flex-wrap gap-x-5' : 'grid'}>
        {options.map((answer) => (
          <label key={answer} className="flex min-h-11 min-w-0 items-center gap-2.5">
            <input
              type="radio"
              name={name}
              value={answer}
              defaultChecked={value === answer}
              aria-invalid={error ? true : undefined}
              className="size-5 flex-none accent-euc"
            />
            <span className="min-w-0 wrap-anywhere">{answer === '' ? 'No answer' : labelOf(answer)}</span>
          </label>
        ))}
      </div>
      {error && <FieldError id={`${name}-error`}>{error}</FieldError>}
    </fieldset>
  );
}
