import { useState } from 'react';
import { Field } from '@/components/field';
import { FieldError } from '@/components/field-error';
import { DEFAULT_LENGTHS, STARTING_SERVICES } from '@/db/practice/new-practice-defaults';
import type { SetupScreenProps } from './setup-screen-form';
import { priceFieldName } from './setup-screens';

export function MassagesScreen({ values, errors }: SetupScreenProps) {
  const field = (name: string) => ({ name, defaultValue: values[name], error: errors[name] });
  const [currency, setCurrency] = useState(values.currency ?? '');
  const sign = signOf(currency);
  return (
    <>
      <Field
        label="Currency"
        autoComplete="off"
        spellCheck={false}
        maxLength={10}
        hint="Three letters, such as EUR."
        className="max-w-[12rem]!"
        onInput={(event) => setCurrency(event.currentTarget.value)}
        {...field('currency')}
      />
      <div className="border-b border-ink">
        {STARTING_SERVICES.map(({ id, name, summary }) => (
          <fieldset key={id} className="group min-w-0 border-t border-ink pt-4 pb-6">
            <legend className="sr-only">{name}</legend>
            <label className="flex min-h-11 cursor-pointer items-center justify-between gap-4">
              <span className="font-serif text-[1.375rem] leading-7 font-medium group-has-[input[type=checkbox]:not(:checked)]:text-soft">
                <span className="sr-only">Offer </span>
                {name}
              </span>
              <input
                type="checkbox"
                name={id}
                value="yes"
                defaultChecked={values[id] === 'yes'}
                className="h-7 w-12 flex-none cursor-pointer appearance-none rounded-full border border-edge bg-sheet transition-colors before:m-[3px] before:block before:size-5 before:rounded-full before:bg-edge checked:border-euc checked:bg-euc checked:before:translate-x-5 checked:before:bg-paper"
              />
            </label>
            <p className="text-small text-soft">{summary}</p>
            {errors[id] && (
              <FieldError id={`${id}-error`} className="mt-2">
                {errors[id]}
              </FieldError>
            )}
            <div className="mt-3 grid max-w-[36rem] grid-cols-3 gap-3 group-has-[input[type=checkbox]:not(:checked)]:hidden">
              {DEFAULT_LENGTHS.map((minutes) => (
                <Price
                  key={minutes}
                  name={priceFieldName(id, minutes)}
                  label={`${minutes} min`}
                  massageName={name}
                  sign={sign}
                  values={values[priceFieldName(id, minutes)]}
                  error={errors[priceFieldName(id, minutes)]}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      <div className="grid max-w-[36rem] grid-cols-2 items-end gap-3">
        <Field label="Minutes to set up" inputMode="numeric" maxLength={3} {...field('setupMinutes')} />
        <Field label="Minutes to clean up" inputMode="numeric" maxLength={3} {...field('cleanupMinutes')} />
      </div>
      <p className="-mt-4 text-small text-soft">
        Kept free before and after each massage. A length without a price is not offered. Other massages and lengths you
        add later, in the settings.
      </p>
    </>
  );
}

function Price(props: {
  name: string;
  label: string;
  massageName: string;
  sign: string;
  values: string | undefined;
  error: string | undefined;
}) {
  const { name, label, massageName, sign, values, error } = props;
  return (
    <div>
      <label htmlFor={name} className="mb-1.5 block text-small text-soft">
        {label}
        <span className="sr-only">, {massageName}</span>
      </label>
      <div
        className={`flex min-h-13 items-center gap-1 rounded border bg-sheet px-3 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-euc ${error ? 'border-clay' : 'border-edge has-[input:placeholder-shown]:border-dashed'}`}
      >
        <span className="text-soft" aria-hidden="true">
          {sign}
        </span>
        <input
          id={name}
          name={name}
          defaultValue={values}
          inputMode="decimal"
          autoComplete="off"
          maxLength={14}
          placeholder="none"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${name}-error` : undefined}
          className="w-full min-w-0 bg-transparent py-3 text-ui text-ink outline-none placeholder:text-soft"
        />
      </div>
      {error && (
        <FieldError id={`${name}-error`} className="mt-2">
          {error}
        </FieldError>
      )}
    </div>
  );
}

function signOf(currency: string): string {
  try {
    const format = { style: 'currency', currency: currency.trim(), currencyDisplay: 'narrowSymbol' } as const;
    return new Intl.NumberFormat('en', format).formatToParts(1).find(({ type }) => type === 'currency')?.value ?? '';
  } catch {
    return '';
  }
}
