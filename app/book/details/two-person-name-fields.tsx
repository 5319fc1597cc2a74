import { Field } from '@/components/field';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import type { BookingFormValues } from './book-form-state';

/** The names of the two people who come at the same time, and the therapist of each. */
export function TwoPersonNameFields(props: {
  values: Pick<BookingFormValues, 'otherName'>;
  error: string | undefined;
  takesFocus: boolean;
  pair: PairOfTherapists;
}) {
  const { values, error, takesFocus, pair } = props;
  return (
    <Field
      label="Name of the person who comes with you"
      name="otherName"
      autoComplete="off"
      required
      hint={
        <>
          {pair.otherMassage ? `${capitalizeFirstLetter(pair.otherMassage)}, with` : 'With'} {pair.other}, while you are
          with {pair.own}
          {pair.ownMassage && ` for ${pair.ownMassage}`}.{' '}
          {pair.swapHref && <a href={pair.swapHref}>The other way round</a>}
        </>
      }
      defaultValue={values.otherName}
      error={error}
      autoFocus={takesFocus}
    />
  );
}

/** The therapist of whoever books, the therapist of the second person, and the address with the two swapped. */
export interface PairOfTherapists {
  own: string;
  other: string;
  /** 'sports, 30 minutes'; null where both have the same massage and length. */
  ownMassage: string | null;
  otherMassage: string | null;
  /** Null where the two therapists cannot be swapped. */
  swapHref: string | null;
}

/** Whose score is meant, where that is not obvious. */
export function WhoseScoreHint() {
  return (
    <span className="hidden group-has-[[name=for][value=other]:checked]/book:inline">
      It is about the person who comes: ask them.{' '}
    </span>
  );
}

/** 'me', or the person who comes, following the choice in the surrounding form. */
export function WhoComesPhrase({ isForTwo }: { isForTwo: boolean }) {
  if (isForTwo) return 'either of us';
  return (
    <>
      <span className="group-has-[[name=for][value=other]:checked]/book:hidden">me</span>
      <span className="hidden group-has-[[name=for][value=other]:checked]/book:inline">the person who comes</span>
    </>
  );
}
