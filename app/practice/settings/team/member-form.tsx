'use client';

import { CheckboxList } from '@/app/practice/settings/checkbox-list';
import { formatStrandedCount, StrandedDatesFields } from '@/app/practice/settings/stranded-dates-fields';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { CheckboxOrRadio } from '@/components/checkbox-or-radio';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { RadioList } from '@/components/radio-list';
import type { TeamMemberFormInput } from '@/db/offer/team-member-schema';
import { type MemberFormState, saveTeamMember } from './actions';
import { ROLE_OPTIONS } from './role-labels';

const CAPS = [
  ['capDayMinutes', 'Minutes a day'],
  ['capWeekMinutes', 'Minutes a week'],
  ['capDeepDayMinutes', 'Firm pressure, minutes a day'],
  ['capDeepWeekMinutes', 'Firm pressure, minutes a week'],
] as const;

export interface PricedMassage {
  id: string;
  name: string;
  lengths: { minutes: number; usual: string }[];
}

/** All settings of one team member. The front desk gives no massages. */
export function MemberForm(props: {
  id: string;
  mark: string;
  values: TeamMemberFormInput;
  isAtDesk: boolean;
  massages: PricedMassage[];
  colours: { value: string; name: string }[];
  currency: string;
}) {
  const untouched: MemberFormState = { values: props.values, errors: {}, problem: null, dates: null };
  const { state, form, failure } = useActionForm(saveTeamMember, untouched);
  const { values, errors, dates } = state;
  const wrong = Object.keys(errors).length;
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[46rem] gap-7">
      <input type="hidden" name="id" value={props.id} />
      <input type="hidden" name="mark" value={props.mark} />
      {wrong > 0 && (
        <Notice
          tone="bad"
          title={wrong === 1 ? 'One thing is not right yet' : `${wrong} things are not right yet`}
          live
        >
          Nothing was saved, and what you entered is still here.
        </Notice>
      )}
      <Field
        label="Name"
        name="name"
        defaultValue={values.name}
        maxLength={120}
        error={errors.name}
        autoComplete="off"
      />
      <RadioList
        legend="What they may do"
        name="role"
        options={ROLE_OPTIONS}
        chosen={values.role}
        error={errors.role}
      />
      {props.isAtDesk ? (
        <input type="hidden" name="colour" value={values.colour} />
      ) : (
        <Massages {...props} values={values} errors={errors} />
      )}
      <StrandedDatesFields state={state} title={formatStrandedCount(dates?.length ?? 0)} />
      <div>
        <Button>{dates ? 'Save, as decided above' : 'Save'}</Button>
        {failure}
      </div>
    </form>
  );
}

function Massages(props: {
  values: TeamMemberFormInput;
  errors: Record<string, string>;
  massages: PricedMassage[];
  colours: { value: string; name: string }[];
  currency: string;
}) {
  const { values, errors, massages, colours, currency } = props;
  const hasOwn = Object.values(values.prices).some((price) => price !== '');
  return (
    <>
      <label className="flex min-h-11 items-start gap-2.5 py-2">
        <input
          type="checkbox"
          name="gives"
          defaultChecked={values.givesMassages}
          className="mt-0.5 size-5 flex-none accent-euc"
        />
        <span>
          Gives massages
          <span className="block text-small text-soft">A therapist always does; an owner may leave it off.</span>
        </span>
      </label>
      <Field
        label="About them"
        name="about"
        optional
        lines={2}
        maxLength={300}
        defaultValue={values.about}
        hint="A sentence or two."
        error={errors.about}
      />
      <fieldset className="min-w-0">
        <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">Colour in the calendar</legend>
        <div className="flex flex-wrap gap-x-5">
          {colours.map(({ value, name }) => (
            <label key={value} className="flex min-h-11 items-center gap-2 text-small">
              <input
                type="radio"
                name="colour"
                value={value}
                defaultChecked={values.colour === value}
                className="size-5 accent-euc"
              />
              <span aria-hidden="true" className="size-5 rounded" style={{ backgroundColor: value }} />
              {name}
            </label>
          ))}
        </div>
        {errors.colour && <p className="mt-1 text-small font-medium text-clay">{errors.colour}</p>}
      </fieldset>
      <CheckboxOrRadio
        type="checkbox"
        name="pregnancy"
        isChosen={values.trainedForPregnancy}
        hint="A client who is pregnant, gave birth in the last 3 months or is not sure can add and move dates only with those who are."
      >
        Trained for pregnancy
      </CheckboxOrRadio>
      <CheckboxList legend="What they give" name="service" options={massages} chosen={values.serviceIds} />
      <details open={hasOwn}>
        <summary className="flex min-h-11 cursor-pointer items-center text-[0.9375rem] leading-5 font-[550] underline decoration-1 underline-offset-[0.2em]">
          Their own prices
        </summary>
        <p className="mb-3 text-small text-soft">
          In {currency}. Empty is the usual price, which stands in the field. What is booked keeps its price.
        </p>
        <div className="grid max-w-[36rem] gap-x-4 gap-y-3 mid:grid-cols-2">
          {massages.flatMap(({ id, name, lengths }) =>
            lengths.map(({ minutes, usual }) => (
              <Field
                key={`${id}.${minutes}`}
                label={`${name}, ${minutes} minutes`}
                name={`price-${id}.${minutes}`}
                inputMode="decimal"
                maxLength={12}
                placeholder={usual}
                defaultValue={values.prices[`${id}.${minutes}`] ?? ''}
                error={errors[`prices.${id}.${minutes}`]}
              />
            )),
          )}
        </div>
      </details>
      <fieldset className="min-w-0">
        <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">How much they give at most</legend>
        <p className="mb-3 text-small text-soft">
          Clients are offered no time beyond it. You and your team can still book it. Empty is no limit.
        </p>
        <div className="grid max-w-[36rem] gap-x-4 gap-y-3 mid:grid-cols-2">
          {CAPS.map(([name, label]) => (
            <Field
              key={name}
              label={label}
              name={name}
              inputMode="numeric"
              maxLength={4}
              defaultValue={values[name]}
              error={errors[name]}
            />
          ))}
        </div>
      </fieldset>
    </>
  );
}
