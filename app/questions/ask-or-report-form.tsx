'use client';

import { getConsentText, getErrorReportNotice } from '@/care/consents';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ConsentField } from '@/components/consent-field';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { RETENTION } from '@/db/retention';
import { sendQuestionOrReport } from './actions';
import { initialAskFormState } from './ask-form-state';

interface AskOrReportFormProps {
  /** Whether e-mails are sent. */
  sendsMail: boolean;
  /** Ways to reach the practice, in words. */
  reach: string;
  /** The page that an error is reported on; without it the form sends a question to the practice. */
  page?: string;
}

export function AskOrReportForm({ reach, sendsMail, page }: AskOrReportFormProps) {
  const { state, isSending, form, failure } = useActionForm(sendQuestionOrReport, initialAskFormState);
  const formRef = useFocusAfterSubmit(state.answer);

  const { values, errors, outcome } = state;
  if (outcome === 'sent') {
    return (
      <Notice tone="good" title="Thank you, we have it" id="answer" live>
        <p>
          {page
            ? 'We look at it, and fix the page if it is wrong.'
            : sendsMail
              ? `We write to ${values.email} when there is an answer.`
              : `This site sends no e-mail yet. To hear the answer, please ${reach}.`}
        </p>
        <a href={page ? `/questions/${page}` : '/questions'}>{page ? 'Back to the page' : 'All questions'}</a>
      </Notice>
    );
  }
  return (
    <form ref={formRef} {...form} noValidate className="grid gap-6">
      {outcome && (
        <Notice tone="bad" title="Nothing was sent" id="answer" live>
          <p>
            {outcome === 'gone'
              ? `We do not show this page any more. To tell us all the same, ${reach}.`
              : `Nothing you wrote is lost. Try again in ${state.wait ?? 'a minute'}, or ${reach}.`}
          </p>
        </Notice>
      )}
      {page && <input type="hidden" name="page" value={page} />}
      <Field
        label={page ? 'What is wrong?' : 'Your question'}
        name="words"
        lines={5}
        required
        hint={
          page
            ? 'A sentence that misleads, a link that is broken, a study we missed.'
            : 'One question, in your own words.'
        }
        defaultValue={values.words}
        error={errors.words}
        autoFocus={Boolean(errors.words)}
      />
      {!page && (
        <Field
          label="Your name"
          name="name"
          optional
          autoComplete="name"
          defaultValue={values.name}
          error={errors.name}
        />
      )}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        required={!page}
        optional={Boolean(page)}
        hint={
          sendsMail
            ? page
              ? 'If you would like to hear when it is fixed.'
              : 'For one e-mail, with the answer.'
            : 'This site sends no e-mail yet, so no answer comes to it for now.'
        }
        defaultValue={values.email}
        error={errors.email}
      />
      <div hidden>
        <label htmlFor="website">Leave this empty</label>
        <input id="website" name="website" tabIndex={-1} autoComplete="off" />
      </div>
      {!page && (
        <ConsentField
          text={getConsentText('question', '').text}
          checked={values.consent === 'yes'}
          error={errors.consent}
        />
      )}
      {page && (
        <p className="max-w-[36rem] text-small text-soft">
          {getErrorReportNotice(RETENTION.answeredQuestionDays)}{' '}
          <a href="/privacy" target="_blank" rel="noreferrer">
            What we keep
          </a>
        </p>
      )}
      <div>
        <Button broad aria-disabled={isSending || undefined}>
          {isSending ? 'Sending…' : page ? 'Send the report' : 'Send my question'}
        </Button>
        {failure}
      </div>
    </form>
  );
}
