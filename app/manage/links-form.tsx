'use client';

import { useActionState, useEffect, useRef } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { type LinksState, sendLinks } from './actions';

const untouched: LinksState = { email: '', error: null, outcome: null, answer: 0 };

export function LinksForm({ phone }: { phone: string }) {
  const [state, send] = useActionState(sendLinks, untouched);
  const form = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer
  useEffect(() => {
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true]') ?? document.getElementById('answer');
    wrong?.focus();
  }, [state.answer]);

  if (state.outcome === 'sent') {
    return (
      <Notice tone="good" title="Look in your mail" id="answer" live>
        <p>If dates are booked with {state.email}, a mail with the link to each plan is on its way.</p>
      </Notice>
    );
  }
  return (
    <form ref={form} action={send} noValidate>
      {state.outcome && (
        <div className="pb-6">
          <Notice tone="bad" title="No mail was written" id="answer" live>
            <p>Wait a minute and try again, or call {phone}.</p>
          </Notice>
        </div>
      )}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        required
        defaultValue={state.email}
        error={state.error}
        autoFocus={Boolean(state.error)}
      />
      <Button broad className="mt-6">
        Send me my links
      </Button>
    </form>
  );
}
