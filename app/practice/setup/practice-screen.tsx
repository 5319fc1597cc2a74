import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import type { SetupScreenProps } from './setup-screen-form';

export function PracticeScreen({ values, errors, facts }: SetupScreenProps) {
  const field = (name: string) => ({ name, defaultValue: values[name], error: errors[name] });
  return (
    <>
      <Field label="Name of the practice" autoComplete="organization" maxLength={200} {...field('name')} />
      <SelectField
        label="Country"
        hint="Phone numbers are read as this country’s, and its public holidays are offered."
        {...field('country')}
        options={[
          ...(values.country ? [] : [{ value: '', label: 'Choose a country' }]),
          ...facts.countries.map(({ code, name }) => ({ value: code, label: name })),
        ]}
      />
      <Field
        label="Time zone"
        list="zones"
        autoComplete="off"
        spellCheck={false}
        hint="All hours and appointments are in it."
        maxLength={100}
        {...field('timeZone')}
      />
      <datalist id="zones">
        {facts.zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field
        label="Phone"
        type="tel"
        autoComplete="tel"
        optional
        hint="Clients press it to call."
        maxLength={200}
        {...field('phone')}
      />
      <Field
        label="Address"
        autoComplete="street-address"
        optional
        hint="On one line, as you would say it to a driver."
        maxLength={400}
        {...field('address')}
      />
    </>
  );
}
