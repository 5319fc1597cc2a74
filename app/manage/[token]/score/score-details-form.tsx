import { COMPARISON_ANSWERS, formatComparisonAnswer } from '@/care/describe-progress';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Section } from '@/components/section';
import { MAX_GOAL_LENGTH, type ScorePageData } from '@/db/care/pain-scores';
import { saveScoreDetailsByLink } from './actions';

const POINTS = Array.from({ length: 11 }, (_, point) => `${point}`);

/** Optional details of a score; nothing is preselected. */
export function ScoreDetailsForm({ token, page }: { token: string; page: ScorePageData }) {
  const { answers, goal, moment, hasBegun } = page;
  const isAfter = moment?.kind === 'after';
  return (
    <Section title="If you have a minute more" aside="Leave out what you like.">
      <ActionForm action={saveScoreDetailsByLink} className="grid gap-8">
        <input type="hidden" name="token" value={token} />
        {isAfter && (
          <>
            <Choice
              legend="How was the pressure?"
              name="pressure"
              chosen={answers.pressure}
              choices={[
                ['too_light', 'Too light'],
                ['right', 'Right'],
                ['too_hard', 'Too hard'],
              ]}
            />
            <Choice
              legend="Are you still sore from it?"
              name="sore"
              chosen={answers.isSore === null ? null : answers.isSore ? 'yes' : 'no'}
              choices={[
                ['no', 'No'],
                ['yes', 'Yes'],
              ]}
            />
          </>
        )}
        <Field
          label="One thing you want to do again"
          name="goal"
          optional
          maxLength={MAX_GOAL_LENGTH}
          defaultValue={goal ?? ''}
          autoComplete="off"
          hint="In your own words, such as sitting through a film, or running 5 km."
        />
        <Choice
          legend="How well can you do it now?"
          hint="0 is not at all, 10 as well as before."
          name="task"
          chosen={answers.task === null ? null : `${answers.task}`}
          choices={POINTS.map((point) => [point, point])}
          isNarrow
        />
        {hasBegun && (
          <Choice
            legend="Compared with before we began, how is it?"
            name="compared"
            chosen={answers.compared}
            choices={COMPARISON_ANSWERS.map((answer) => [answer, formatComparisonAnswer(answer)])}
          />
        )}
        <div>
          <Button kind="plain">Save</Button>
        </div>
      </ActionForm>
    </Section>
  );
}

function Choice(props: {
  legend: string;
  hint?: string;
  name: string;
  chosen: string | null;
  choices: [value: string, label: string][];
  isNarrow?: boolean;
}) {
  const { legend, hint, name, chosen, choices, isNarrow } = props;
  return (
    <fieldset className="max-w-[36rem]" aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">
        {legend} <span className="font-normal text-soft">(optional)</span>
      </legend>
      <div className={isNarrow ? 'grid grid-cols-6 gap-1 mid:grid-cols-11' : 'flex flex-wrap gap-1.5'}>
        {choices.map(([value, label]) => (
          <label
            key={value}
            className={`flex min-h-11 items-center justify-center rounded border border-edge ${isNarrow ? '' : 'px-4'} text-[0.9375rem] tabular-nums has-checked:border-euc has-checked:bg-euc has-checked:text-on-euc has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-euc`}
          >
            <input type="radio" name={name} value={value} defaultChecked={chosen === value} className="sr-only" />
            {label}
          </label>
        ))}
      </div>
      {hint && (
        <p id={`${name}-hint`} className="mt-2 text-small text-soft">
          {hint}
        </p>
      )}
    </fieldset>
  );
}
