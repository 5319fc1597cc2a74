'use client';

import { useEffect, useRef } from 'react';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { submitSetupCode } from './actions';

const PROBLEMS = {
  code: 'This is not the code. Look at what the server printed last, and type it again.',
  limit: 'That was often. Wait ten minutes and try again; the code is still good.',
  busy: 'The database is busy just now. Try again in a moment.',
};

/** Sends the browser's time zone along with the code; the first screen then proposes it. */
export function SetupCodeForm() {
  const { state, form, failure } = useActionForm(submitSetupCode, { problem: null, answer: 0 });
  const holder = useFocusAfterSubmit(state.answer);
  const zone = useRef<HTMLInputElement>(null);
  const language = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (zone.current) zone.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
    if (language.current) language.current.value = navigator.language;
  });
  return (
    <form {...form} ref={holder} noValidate>
      <input ref={zone} type="hidden" name="zone" defaultValue="" />
      <input ref={language} type="hidden" name="language" defaultValue="" />
      <Field
        label="Code"
        name="code"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        hint="Eight letters and figures, such as 7f3k-m2xq."
        error={state.problem && PROBLEMS[state.problem]}
        className="max-w-[20rem]!"
      />
      <Button broad className="mt-6">
        Begin
      </Button>
      {failure}
    </form>
  );
}
