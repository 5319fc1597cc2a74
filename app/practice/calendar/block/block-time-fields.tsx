'use client';

import { type ChangeEvent, useState } from 'react';
import { describeSpanReadings } from '@/app/practice/time-off/describe-span-readings';
import { needsTimeOffSpanChoice } from '@/app/practice/time-off/time-off-form-values';
import { Field } from '@/components/field';

interface BlockTimeFieldsProps {
  /** The local day on which it begins. */
  from: string;
  initial: { at: string; to: string; until: string };
  locale: string;
}

/** When the block begins and ends; for hours over several days it asks which of their two readings is meant. */
export function BlockTimeFields({ from, initial, locale }: BlockTimeFieldsProps) {
  const [values, setValues] = useState(initial);
  const note = ({ target: { name, value } }: ChangeEvent<HTMLInputElement>) =>
    setValues((before) => ({ ...before, [name]: value }));
  const span = { from, ...values };
  const isAsked = needsTimeOffSpanChoice({ ...span, who: '', kind: 'break', span: '' });
  const readings = isAsked ? Object.entries(describeSpanReadings(span, locale)) : [];
  const time = { type: 'time', step: 300, required: true, onChange: note } as const;
  return (
    <>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,8rem),1fr))] gap-3">
        <Field label="From" id="block-at" name="at" {...time} defaultValue={initial.at} />
        <Field label="Until" id="block-to" name="to" {...time} defaultValue={initial.to} />
      </div>
      <Field
        label="Last day"
        id="block-until"
        name="until"
        type="date"
        min={from}
        required
        defaultValue={initial.until}
        onChange={note}
      />
      {isAsked && (
        <fieldset className="grid border-l-2 border-euc pl-4">
          <legend className="float-left mb-1 font-semibold">Which do you mean?</legend>
          {readings.map(([reading, words]) => (
            <label key={reading} className="clear-both flex min-h-11 items-center gap-2.5 py-1">
              <input type="radio" name="span" value={reading} required className="size-5 flex-none accent-euc" />
              {words}
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
