'use client';

import { CheckboxList } from '@/app/practice/settings/checkbox-list';
import { formatStrandedCount, StrandedDatesFields } from '@/app/practice/settings/stranded-dates-fields';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { RadioList } from '@/components/radio-list';
import type { MassageForm as MassageValues } from '@/db/offer/massage-form';
import { type MassageFormState, saveMassageForm } from './actions';

const BOOKING = [
  { value: 'online', title: 'Everybody, online', hint: 'Booked at once.' },
  {
    value: 'approval',
    title: 'Everybody, and you approve',
    hint: 'Nothing is booked and no time is held until you say yes, under Unconfirmed.',
  },
  {
    value: 'known',
    title: 'Clients who have come before',
    hint: 'Whose e-mail address is confirmed, or has a visit that took place.',
  },
  { value: 'phone', title: 'Nobody online', hint: 'The site says to call. You and your team book it.' },
];
const PRESSURE = [
  { value: '1', title: 'Light' },
  { value: '2', title: 'Medium' },
  { value: '3', title: 'Firm', hint: 'Counts against a therapist’s limit of deep tissue.' },
];

interface Named {
  id: string;
  name: string;
}

/** All settings of one massage. `id` is null for a new one. */
export function MassageForm(props: {
  id: string | null;
  mark: string;
  values: MassageValues;
  therapists: Named[];
  rooms: Named[];
  currency: string;
  usual: { noticeHours: string; windowDays: string };
}) {
  const untouched: MassageFormState = { values: props.values, errors: {}, problem: null, dates: null };
  const { state, form, failure } = useActionForm(saveMassageForm, untouched);
  const { values, errors, dates } = state;
  const wrong = Object.keys(errors).length;
  // The number is a row's name, in its labels and in what is wrong with it.
  const rows = values.lengths.map((length, at) => ({ ...length, number: at + 1 }));
  const lengthErrors = Object.entries(errors).filter(([name]) => name.startsWith('lengths'));
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[46rem] gap-7">
      <input type="hidden" name="id" value={props.id ?? ''} />
      <input type="hidden" name="mark" value={props.mark} />
      {/* Enter in a field presses the first button of the form. */}
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true">
        Save
      </button>
      {wrong > 0 && (
        <Notice
          tone="bad"
          title={wrong === 1 ? 'One thing is not right yet' : `${wrong} things are not right yet`}
          live
        >
          Nothing was saved, and what you entered is still here.
        </Notice>
      )}
      <Field label="Name" name="name" defaultValue={values.name} maxLength={120} error={errors.name} />
      <Field
        label="What it is like"
        name="summary"
        lines={3}
        maxLength={400}
        defaultValue={values.summary}
        hint="One or two sentences, as clients read them."
        error={errors.summary}
      />
      <Field
        label="What it suits"
        name="suits"
        optional
        maxLength={200}
        defaultValue={values.suits}
        error={errors.suits}
      />
      <fieldset className="min-w-0">
        <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">Lengths and prices</legend>
        <p className="mb-3 text-small text-soft">
          Prices in {props.currency}. Empty a row to offer it no longer. What is booked keeps its price.
        </p>
        <div className="grid gap-3">
          {rows.map(({ number, minutes, price }) => (
            <div key={number} className="grid max-w-[24rem] grid-cols-2 gap-3">
              <NumberField label={`Minutes ${number}`} name="minutes" row={number} value={minutes} after="min" />
              <NumberField label={`Price ${number}`} name="price" row={number} value={price} after={props.currency} />
            </div>
          ))}
        </div>
        {lengthErrors.map(([name, message]) => (
          <p key={name} className="mt-2 text-small font-medium text-clay">
            {name.includes('.') ? `Row ${Number(name.split('.')[1]) + 1}: ` : ''}
            {message}
          </p>
        ))}
        <div className="mt-3">
          <Button kind="plain" slim name="more" value="1">
            Add a length
          </Button>
        </div>
      </fieldset>
      <RadioList
        legend="Pressure"
        name="pressure"
        options={PRESSURE}
        chosen={values.pressure}
        error={errors.pressure}
      />
      <div className="grid max-w-[36rem] grid-cols-1 gap-4 mid:grid-cols-2">
        <Field
          label="Set-up, minutes"
          name="setupMinutes"
          inputMode="numeric"
          defaultValue={values.setupMinutes}
          error={errors.setupMinutes}
        />
        <Field
          label="Clean-up, minutes"
          name="cleanupMinutes"
          inputMode="numeric"
          defaultValue={values.cleanupMinutes}
          error={errors.cleanupMinutes}
        />
      </div>
      <CheckboxList legend="Who gives it" name="therapist" options={props.therapists} chosen={values.therapistIds} />
      <CheckboxList legend="In which rooms" name="room" options={props.rooms} chosen={values.roomIds} />
      <RadioList
        legend="Who may book it"
        name="booking"
        options={BOOKING}
        chosen={values.booking}
        error={errors.booking}
      />
      <fieldset className="min-w-0">
        <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">When clients may book it</legend>
        <p className="mb-3 text-small text-soft">
          Empty is as the practice has it. You and your team are not held to these.
        </p>
        <div className="grid max-w-[36rem] grid-cols-1 gap-4 mid:grid-cols-3">
          <Field
            label="Hours ahead, at least"
            name="noticeHours"
            inputMode="numeric"
            placeholder={props.usual.noticeHours}
            defaultValue={values.noticeHours}
            error={errors.noticeHours}
          />
          <Field
            label="Days ahead, at most"
            name="windowDays"
            inputMode="numeric"
            placeholder={props.usual.windowDays}
            defaultValue={values.windowDays}
            error={errors.windowDays}
          />
          <Field
            label="Latest start"
            name="latestStart"
            type="time"
            step={300}
            defaultValue={values.latestStart}
            error={errors.latestStart}
          />
        </div>
      </fieldset>
      <StrandedDatesFields state={state} title={formatStrandedCount(dates?.length ?? 0)} />
      <div>
        <Button>{dates ? 'Save, as decided above' : 'Save'}</Button>
        {failure}
      </div>
    </form>
  );
}

function NumberField(props: { label: string; name: string; row: number; value: string; after: string }) {
  const id = `${props.name}-${props.row}`;
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="sr-only">
        {props.label}
      </label>
      <input
        id={id}
        name={props.name}
        defaultValue={props.value}
        inputMode="decimal"
        maxLength={12}
        className="min-h-11 w-full min-w-0 rounded border border-edge bg-sheet px-3 text-ui text-ink"
      />
      <span className="text-small text-soft">{props.after}</span>
    </div>
  );
}
