import { CheckboxOrRadio } from './checkbox-or-radio';

/** Radios, each with a line that explains it. */
export function RadioList(props: {
  legend: string;
  name: string;
  options: { value: string; title: string; hint?: string }[];
  chosen: string | undefined;
  error?: string | undefined;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">{props.legend}</legend>
      {props.options.map(({ value, title, hint }) => (
        <CheckboxOrRadio
          key={value}
          {...{ type: 'radio', name: props.name, value, isChosen: props.chosen === value }}
          {...(hint && { hint })}
        >
          {title}
        </CheckboxOrRadio>
      ))}
      {props.error && <p className="mt-1 text-small font-medium text-clay">{props.error}</p>}
    </fieldset>
  );
}
