import { Field } from '@/components/field';
import { capitalizeFirstLetter } from '@/scheduling/formatting';
import type { BookingFormValues } from './book-form-state';

/** The names of the two who come at one time, and with whom each of them is. */
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

/** With whom whoever books is, with whom the other one, and where it is the other way round. */
export interface PairOfTherapists {
  own: string;
  other: string;
  /** 'sports, 30 minutes', where each has their own. */
  ownMassage: string | null;
  otherMassage: string | null;
  /** Null where the two cannot change places. */
  swapHref: string | null;
}

/** Whose score it is, where that is not clear by itself. */
export function WhoseScoreHint() {
  return (
    <span className="hidden group-has-[[name=for][value=other]:checked]/book:inline">
      It is about the person who comes: ask them.{' '}
    </span>
  );
}

/** 'me', or who comes instead: whichever of the two is chosen in the form around it. */
export function WhoComesPhrase({ isForTwo }: { isForTwo: boolean }) {
  if (isForTwo) return 'either of us';
  return (
    <>
      <span className="group-has-[[name=for][value=other]:checked]/book:hidden">me</span>
      <span className="hidden group-has-[[name=for][value=other]:checked]/book:inline">the person who comes</span>
    </>
  );
}
