import { Field } from './field';
import { RadioMark } from './radio-mark';
import { RadioOption } from './radio-options';

interface Props {
  values: { for: string; otherName: string };
  error: string | undefined;
  takesFocus: boolean;
}

/**
 * Who comes: the person who books, or somebody else, by name. The choice shows the other fields by CSS alone, without
 * script too.
 */
export function ForWhomFields({ values, error, takesFocus }: Props) {
  const isForOther = values.for === 'other';
  return (
    <fieldset className="group/whom @container mb-6 min-w-0">
      <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">This massage is for</legend>
      <div className="flex flex-wrap gap-3">
        <RadioOption look="chip" name="for" value="me" defaultChecked={!isForOther}>
          <RadioMark />
          Me
        </RadioOption>
        <RadioOption look="chip" name="for" value="other" defaultChecked={isForOther}>
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
          defaultValue={values.otherName}
          error={error}
          autoFocus={takesFocus}
        />
      </div>
    </fieldset>
  );
}
