import { Field } from '@/components/field';
import { ForWhomFields } from '@/components/for-whom-fields';
import { BOOKING_FIELDS, type BookFormState, type BookingFormValues } from './book-form-state';
import { type PairOfTherapists, TwoPersonNameFields } from './two-person-name-fields';

/** Who comes, and how they are reached. The first wrong field takes the focus. */
export function ClientFields(props: {
  values: BookingFormValues;
  errors: BookFormState['errors'];
  pair: PairOfTherapists | null;
  sendsMail: boolean;
}) {
  const { values, errors, pair, sendsMail } = props;
  const firstWrong = BOOKING_FIELDS.find((field) => errors[field]);
  return (
    <>
      {!pair && <ForWhomFields values={values} error={errors.otherName} takesFocus={firstWrong === 'otherName'} />}
      <div className="grid gap-6 mid:grid-cols-2">
        <Field
          label="Your name"
          name="name"
          autoComplete="name"
          required
          defaultValue={values.name}
          error={errors.name}
          autoFocus={firstWrong === 'name'}
        />
        {pair && (
          <TwoPersonNameFields
            values={values}
            error={errors.otherName}
            takesFocus={firstWrong === 'otherName'}
            pair={pair}
          />
        )}
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="email"
          required
          hint={
            sendsMail
              ? 'For your dates and the link to change them.'
              : 'So that the practice knows whose dates these are.'
          }
          defaultValue={values.email}
          error={errors.email}
          autoFocus={firstWrong === 'email'}
        />
        <Field
          label="Phone"
          name="phone"
          type="tel"
          autoComplete="tel"
          optional
          hint="Only if we must reach you on the day."
          defaultValue={values.phone}
          error={errors.phone}
          autoFocus={firstWrong === 'phone'}
        />
        <Field
          label="Note for the therapist"
          name="note"
          optional
          lines={4}
          className="mid:col-span-2"
          hint="What hurts, what helps, what to leave alone. Only your therapist and the practice read it; it is never e-mailed."
          defaultValue={values.note}
          error={errors.note}
        />
      </div>
    </>
  );
}
