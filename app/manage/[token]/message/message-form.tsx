'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { type MessageFormState, submitMessageToPractice } from './actions';

const untouched: MessageFormState = { words: '', error: null, outcome: null, answer: 0 };

interface MessageFormProps {
  token: string;
  /** Other ways to reach the practice, in words. */
  reach: string;
  longest: number;
}

export function MessageForm({ token, reach, longest }: MessageFormProps) {
  const { state, form, failure } = useActionForm(submitMessageToPractice, untouched);
  const formRef = useFocusAfterSubmit(state.answer);
  if (state.outcome === 'sent') {
    return (
      <Notice tone="good" title="Your message is with the practice" id="answer" live>
        <p>Nothing is changed yet: they will answer you. Your dates stay as they are until then.</p>
        <p>
          <a href={`/manage/${token}`} className="inline-flex min-h-11 items-center">
            Back to your dates
          </a>
        </p>
      </Notice>
    );
  }
  return (
    <form ref={formRef} {...form} noValidate>
      <input type="hidden" name="token" value={token} />
      {state.outcome && (
        <div className="pb-6">
          <Notice tone="bad" title="Your message was not sent" id="answer" live>
            <p>
              {state.outcome === 'too_many'
                ? `That is as many messages as you can send for now. Please ${reach}.`
                : state.outcome === 'not_found'
                  ? `This link has ended. Please ${reach}.`
                  : `Wait a minute and try again, or ${reach}.`}
            </p>
          </Notice>
        </div>
      )}
      <Field
        label="Your message"
        name="words"
        lines={5}
        required
        hint={`At most ${longest} characters. The practice’s staff read this: do not write about your health here.`}
        defaultValue={state.words}
        error={state.error}
      />
      <Button broad className="mt-6">
        Send the message
      </Button>
      {failure}
    </form>
  );
}
