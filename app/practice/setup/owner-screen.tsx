import { Field } from '@/components/field';
import type { SetupScreenProps } from './setup-screen-form';

export function OwnerScreen({ values, errors }: SetupScreenProps) {
  const field = (name: string) => ({ name, defaultValue: values[name], error: errors[name] });
  return (
    <>
      <Field label="Your name" autoComplete="name" maxLength={200} {...field('ownerName')} />
      <Field
        label="Your e-mail address"
        type="email"
        autoComplete="email"
        maxLength={400}
        hint="You sign in with it. There is no password."
        {...field('ownerEmail')}
      />
      <fieldset className="group min-w-0">
        <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">Do you give massage yourself?</legend>
        {[
          { value: 'yes', label: 'Yes, the hours are mine' },
          { value: 'no', label: 'No, somebody else does' },
        ].map(({ value, label }) => (
          <label key={value} className="flex min-h-11 items-center gap-3">
            <input
              type="radio"
              name="ownerGives"
              value={value}
              defaultChecked={values.ownerGives === value}
              className="size-5 flex-none accent-euc"
            />
            {label}
          </label>
        ))}
        <div className="pt-4 group-has-[input[value=yes]:checked]:hidden">
          <Field
            label="Name of the first therapist"
            autoComplete="off"
            maxLength={200}
            hint="The hours are theirs. Invite them later, under Team in the settings."
            {...field('therapistName')}
          />
        </div>
      </fieldset>
    </>
  );
}
