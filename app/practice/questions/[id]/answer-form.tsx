'use client';

import { previewOrSendAnswer } from '@/app/practice/questions/actions';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { QuestionAndAnswer } from '@/components/question-and-answer';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';

const untouched = { values: '', error: null, preview: null, problem: null, answer: 0 };

/** An answer is written, previewed as its reader will see it, then sent. */
export function AnswerForm({ id, words }: { id: string; words: string }) {
  const { state, isSending, form, failure } = useActionForm(previewOrSendAnswer, untouched);
  const formRef = useFocusAfterSubmit(state.answer);
  const { values, error, preview, problem } = state;
  return (
    <form key={state.answer} ref={formRef} {...form} noValidate className="grid max-w-[40rem] gap-6">
      <input type="hidden" name="id" value={id} />
      {problem === 'gone' && (
        <Notice tone="bad" title="It is not open any more" id="answer-notice" live>
          Nothing was sent: it was answered or dismissed meanwhile. <a href="/practice/questions">All questions</a>
        </Notice>
      )}
      {problem === 'busy' && (
        <Notice tone="bad" title="The practice is busy" id="answer-notice" live>
          Nothing was sent, and your words are still here. Try again in a moment.
        </Notice>
      )}
      {preview !== null ? (
        <>
          <input type="hidden" name="words" value={values} />
          <div>
            <h3 className="mb-4 text-[1.0625rem] font-semibold">As its reader will see it</h3>
            <QuestionAndAnswer words={words} answer={preview} />
          </div>
          <div className="flex flex-wrap gap-3">
            <Button name="do" value="send" aria-disabled={isSending || undefined}>
              {isSending ? 'Sending…' : 'Send the answer'}
            </Button>
            <Button kind="plain" name="do" value="change">
              Change the words
            </Button>
          </div>
        </>
      ) : (
        <>
          <Field
            label="Your words"
            name="words"
            lines={8}
            maxLength={4000}
            defaultValue={values}
            error={error ?? undefined}
            autoFocus={Boolean(error)}
            hint="Plain words, up to 4,000 characters. The e-mail says only that there is an answer, with the link to it."
          />
          <div>
            <Button name="do" value="show">
              See the answer
            </Button>
          </div>
        </>
      )}
      {failure}
    </form>
  );
}
