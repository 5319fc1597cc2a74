'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { DemoMailHint, type DemoMailLink } from '@/components/demo-mail-hint';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { type ManageLinksFormState, sendManageLinks } from './actions';

const untouched: ManageLinksFormState = { email: '', error: null, outcome: null, answer: 0 };

interface ManageLinksFormProps {
  /** Ways to reach the practice, in words. */
  reach: string;
  /** Whether this server sends e-mails, or only stores them for the practice to see. */
  goesOut: boolean;
  /** Where the e-mails of a demo that sends none can be read. */
  demoMail: DemoMailLink | null;
}

export function ManageLinksForm({ reach, goesOut, demoMail }: ManageLinksFormProps) {
  const { state, form, failure } = useActionForm(sendManageLinks, untouched);
  const formRef = useFocusAfterSubmit(state.answer);

  if (state.outcome === 'sent') {
    return (
      <Notice
        tone={goesOut ? 'good' : 'quiet'}
        title={goesOut ? 'Check your e-mail' : 'This server sends no e-mail yet'}
        id="answer"
        live
      >
        {goesOut ? (
          <p>If dates are booked with {state.email}, an e-mail with a link to all of them is on its way.</p>
        ) : (
          <p>
            If dates are booked with {state.email}, the practice has the link to them now.
            {!demoMail && ` To ask for it, ${reach}.`}
          </p>
        )}
        {demoMail && <DemoMailHint demoMail={demoMail} next="press the link in the e-mail to you" />}
      </Notice>
    );
  }
  return (
    <form ref={formRef} {...form} noValidate>
      {state.outcome && (
        <div className="pb-6">
          <Notice tone="bad" title="No e-mail was written" id="answer" live>
            <p>
              Try again in {state.wait ?? 'a minute'}, or {reach}.
            </p>
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
        {goesOut ? 'Send me my link' : 'Ask for my link'}
      </Button>
      {failure}
    </form>
  );
}
