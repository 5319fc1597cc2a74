'use client';

import type { ReactNode } from 'react';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { CheckboxOrRadio } from '@/components/checkbox-or-radio';
import { DemoMailHint, type DemoMailLink } from '@/components/demo-mail-hint';
import { Field } from '@/components/field';
import { FieldError } from '@/components/field-error';
import { ForWhomFields } from '@/components/for-whom-fields';
import { Notice } from '@/components/notice';
import { SelectField } from '@/components/select-field';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { DayPartsField } from './day-parts-field';
import { describeConfirmStep } from './describe-confirm-step';
import type { WaitlistFormState } from './waitlist-form-state';

interface WaitlistFormProps {
  action: (before: WaitlistFormState, form: FormData) => Promise<WaitlistFormState>;
  untouched: WaitlistFormState;
  massages: { value: string; label: string }[];
  therapists: { id: string; name: string }[];
  /** A single regular time to wait for: `2026-12-01 18:00`, and its label. */
  only: { value: string; label: string } | null;
  maxSessions: number;
  locale: string;
  /** Whether staff fill in the form for a caller. */
  isForCaller?: boolean;
  client?: ReactNode;
  /** Whether a mail server is set. */
  sendsMail: boolean;
  /** Where to read the e-mails of a demo that sends none. */
  demoMail?: DemoMailLink | null;
  /** 'call 01 555 0142'. */
  reach: string;
  practiceName: string;
}

/** A waitlist request. Sent without script, the page comes back with everything in it. */
export function WaitlistForm(props: WaitlistFormProps) {
  const {
    action,
    untouched,
    massages,
    therapists,
    only,
    maxSessions,
    locale,
    isForCaller,
    practiceName,
    sendsMail,
    demoMail,
    reach,
  } = props;
  const { state, isSending, form, failure } = useActionForm(action, untouched);
  const formRef = useFocusAfterSubmit(state.answer);
  const { values, errors } = state;
  const problems = describeProblems(reach, state.wait);
  if (state.done)
    return (
      <div className="pb-10">
        <Notice
          tone="good"
          id="answer"
          live
          title={state.done === 'confirm' ? describeConfirmStep(sendsMail, reach).title : 'You are on the waiting list'}
        >
          <p>
            {state.done === 'confirm'
              ? describeConfirmStep(sendsMail, reach).text
              : `When a time that suits you becomes free, we hold it for you and ${sendsMail ? 'write to' : 'call'} you.`}
          </p>
          {state.done === 'confirm' && demoMail && (
            <DemoMailHint demoMail={demoMail} next="press the link in the e-mail to you" />
          )}
          <p>
            <a href="/book">Back to booking</a>
          </p>
        </Notice>
      </div>
    );
  return (
    <form key={state.answer} ref={formRef} {...form} noValidate className="grid max-w-[36rem] gap-6 pb-10">
      {state.problem && (
        <Notice tone="bad" id="answer" live title={problems[state.problem].title}>
          <p>{problems[state.problem].text}</p>
        </Notice>
      )}
      <SelectField
        label="Massage"
        name="massage"
        defaultValue={values.massage}
        options={massages}
        error={errors.massage}
      />
      {therapists.length > 1 && (
        <SelectField
          label="With"
          name="therapist"
          defaultValue={values.therapist}
          options={[{ value: '', label: 'Anyone' }, ...therapists.map(({ id, name }) => ({ value: id, label: name }))]}
          error={errors.therapist}
        />
      )}
      <SelectField
        label="How often"
        name="cadence"
        defaultValue={values.cadence}
        options={[
          { value: 'once', label: 'One date' },
          { value: 'weekly', label: 'A regular time, every week' },
          { value: 'biweekly', label: 'A regular time, every 2 weeks' },
        ]}
        error={errors.cadence}
      />
      <Field
        label="How many dates"
        name="sessions"
        inputMode="numeric"
        hint={`Of a regular time, up to ${maxSessions}. It is offered when all of them are free.`}
        defaultValue={values.sessions}
        error={errors.sessions}
      />
      <div className="grid gap-6 mid:grid-cols-2">
        <Field label="First date from" name="from" type="date" defaultValue={values.from} error={errors.from} />
        <Field
          label="And until"
          name="until"
          type="date"
          defaultValue={values.until}
          error={errors.until}
          hint="After this day we stop looking."
        />
      </div>
      {only && (
        <div>
          <CheckboxOrRadio
            {...{ type: 'checkbox', name: 'only', value: only.value, isChosen: values.only === only.value }}
            hint="The days and times below do not count then."
          >
            Only {only.label}
          </CheckboxOrRadio>
          {errors.only && <FieldError id="only-error">{errors.only}</FieldError>}
        </div>
      )}
      <DayPartsField
        chosen={state.dayParts}
        error={errors.dayParts}
        locale={locale}
        whose={isForCaller ? 'them' : 'you'}
      />
      {isForCaller && (
        <CheckboxOrRadio
          {...{ type: 'checkbox', name: 'urgent', value: 'yes', isChosen: values.urgent === 'yes' }}
          hint="They are then asked before others who wait for one date."
        >
          It is urgent
        </CheckboxOrRadio>
      )}
      {props.client ?? (
        <>
          {!isForCaller && <ForWhomFields values={values} error={errors.otherName} takesFocus={false} />}
          <Field
            label={isForCaller ? 'Client’s name' : 'Your name'}
            name="name"
            autoComplete={isForCaller ? 'off' : 'name'}
            defaultValue={values.name}
            error={errors.name}
          />
          <Field
            label="E-mail"
            name="email"
            type="email"
            optional={isForCaller === true}
            autoComplete={isForCaller ? 'off' : 'email'}
            defaultValue={values.email}
            error={errors.email}
            hint={
              isForCaller
                ? sendsMail
                  ? 'Without one you offer them times by phone.'
                  : 'Not written to: no mail server is set.'
                : sendsMail
                  ? 'We use it to tell you when a time is free, and about anything you book.'
                  : 'This site sends no e-mail yet.'
            }
          />
          <Field
            label="Phone"
            name="phone"
            type="tel"
            optional={sendsMail}
            hint={sendsMail ? undefined : `${isForCaller ? 'You call them' : 'We call you'} when a time is free.`}
            autoComplete={isForCaller ? 'off' : 'tel'}
            defaultValue={values.phone}
            error={errors.phone}
          />
        </>
      )}
      {!isForCaller && (
        <p className="text-small text-soft">
          {practiceName} keeps this to find you a time, and deletes it a year after it ends.{' '}
          <a href="/privacy">Privacy</a>
        </p>
      )}
      <div>
        <Button broad disabled={isSending}>
          {isForCaller ? 'Put them on the list' : 'Join the waiting list'}
        </Button>
        {failure}
      </div>
    </form>
  );
}

const describeProblems = (reach: string, wait = 'a minute') => ({
  too_many: {
    title: 'You are already waiting for five times',
    text: `Nothing was added. Leave one of the others first, with the link in its e-mail, or ${reach}.`,
  },
  too_often: {
    title: 'That was a lot of requests at once',
    text: `Nothing was added. Press the button again in ${wait}, or ${reach}.`,
  },
  busy: { title: 'The practice’s computer is busy just now', text: 'Nothing was added. Press the button again.' },
});
