import { RadioOption } from '@/app/book/radio-group';
import { Field } from '@/components/field';
import { RadioMark } from '@/components/radio-mark';
import type { BookingFormValues } from './book-form-state';

interface Props {
  typed: Pick<BookingFormValues, 'for' | 'otherName'>;
  error: string | undefined;
  takesFocus: boolean;
}

/** Who comes: whoever books, or somebody else, by name. What is chosen shows the rest by style alone, without script too. */
export function ForWhomFields({ typed, error, takesFocus }: Props) {
  const isForOther = typed.for === 'other';
  return (
    <fieldset className="group/whom @container mb-6 min-w-0">
      <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">This massage is for</legend>
      <div className="flex flex-wrap gap-3">
        <RadioOption look="chip" name="for" value="me" chosenFirst={!isForOther}>
          <RadioMark />
          Me
        </RadioOption>
        <RadioOption look="chip" name="for" value="other" chosenFirst={isForOther}>
          <RadioMark />
          Somebody else
        </RadioOption>
      </div>
      <div className="mt-4 hidden group-has-[[value=other]:checked]/whom:block">
        <Field
          label="Name of the person who comes"
          name="otherName"
          autoComplete="off"
          hint="You get the e-mails and the link. A child under 18? The health form asks for a parent or guardian, who is there at every visit."
          defaultValue={typed.otherName}
          error={error}
          autoFocus={takesFocus}
        />
      </div>
    </fieldset>
  );
}

/** The names of the two who come at one time, and with whom each of them is. */
export function BothNames(props: {
  typed: Props['typed'];
  error: string | undefined;
  takesFocus: boolean;
  pair: Pair;
}) {
  const { typed, error, takesFocus, pair } = props;
  return (
    <Field
      label="Name of the person who comes with you"
      name="otherName"
      autoComplete="off"
      required
      hint={
        <>
          With {pair.other}, while you are with {pair.own}. <a href={pair.swapHref}>The other way round</a>
        </>
      }
      defaultValue={typed.otherName}
      error={error}
      autoFocus={takesFocus}
    />
  );
}

/** With whom whoever books is, with whom the other one, and where it is the other way round. */
export interface Pair {
  own: string;
  other: string;
  swapHref: string;
}

/** Whose score it is, where that is not clear by itself. */
export function OfWhoComes() {
  return (
    <span className="hidden group-has-[[name=for][value=other]:checked]/book:inline">
      It is about the person who comes: ask them.{' '}
    </span>
  );
}

/** 'me', or who comes instead: whichever of the two is chosen in the form around it. */
export function WhoComes({ isForTwo }: { isForTwo: boolean }) {
  if (isForTwo) return 'either of us';
  return (
    <>
      <span className="group-has-[[name=for][value=other]:checked]/book:hidden">me</span>
      <span className="hidden group-has-[[name=for][value=other]:checked]/book:inline">the person who comes</span>
    </>
  );
}
