import { ClashMark } from '@/components/date-state-mark';
import { Field } from '@/components/field';

/** One question as a list shows it: any one of its signs makes it a yes. */
export interface WarningSignItem {
  id: string;
  signs: string[];
  /** A follow-up question, shown once the first applies. */
  follows: { id: string; signs: string[] } | null;
  /** Whether the row has a field for a few words. */
  takesWords: boolean;
}

/** The values of a list of signs. */
export interface WarningSignsFormValues {
  yes: string[];
  unsure: string[];
  none: boolean;
  about: Record<string, string>;
}

interface Props {
  legend: string;
  rows: WarningSignItem[];
  values: WarningSignsFormValues;
  errors: Record<string, string>;
}

/** Signs to tick, and "None of these". The fields of a sign open below it, also without script. */
export function WarningSignChecklist({ legend, rows, values, errors }: Props) {
  return (
    <fieldset aria-describedby={errors.signs ? 'answer' : undefined}>
      <legend className="sr-only">{legend}</legend>
      {errors.signs && <Wrong id="answer">{errors.signs}</Wrong>}
      <ul className="border-t border-ink">
        {rows.map((row) => (
          <li key={row.id} className="group border-b border-line">
            <OptionalCheckbox name="yes" value={row.id} checked={values.yes.includes(row.id)} className="sign">
              <Signs signs={row.signs} />
            </OptionalCheckbox>
            <div className="hidden gap-3 pb-4 pl-9 group-has-[.sign:checked]:grid">
              <OptionalCheckbox name="unsure" value={row.id} checked={values.unsure.includes(row.id)} small>
                I am not sure about this one
              </OptionalCheckbox>
              {row.follows && (
                <OptionalCheckbox name="yes" value={row.follows.id} checked={values.yes.includes(row.follows.id)}>
                  <Signs signs={row.follows.signs} />
                </OptionalCheckbox>
              )}
              {row.takesWords && (
                <Field
                  label="Tell us more"
                  optional
                  name={`about-${row.id}`}
                  defaultValue={values.about[row.id]}
                  error={errors[`about-${row.id}`]}
                  autoComplete="off"
                />
              )}
            </div>
          </li>
        ))}
        <li className="border-b border-line">
          <OptionalCheckbox name="none" value="yes" checked={values.none}>
            <span className="font-serif text-item leading-[1.625rem]">None of these</span>
          </OptionalCheckbox>
        </li>
      </ul>
    </fieldset>
  );
}

function Signs({ signs }: { signs: string[] }) {
  const [first, ...others] = signs;
  return (
    <>
      <span className="block font-serif text-item leading-[1.625rem]">{first}</span>
      {others.map((sign) => (
        <span key={sign} className="mt-1 block text-[0.9375rem] leading-snug">
          <span className="text-soft">or</span> {sign.charAt(0).toLowerCase() + sign.slice(1)}
        </span>
      ))}
    </>
  );
}

/** A checkbox that may be left open. */
export function OptionalCheckbox(props: {
  name: string;
  value: string;
  checked: boolean;
  className?: string;
  small?: boolean;
  children: React.ReactNode;
}) {
  return (
    <label className={`flex min-h-11 items-start gap-3 ${props.small ? 'py-2 text-small' : 'py-3'}`}>
      <input
        type="checkbox"
        name={props.name}
        value={props.value}
        defaultChecked={props.checked}
        className={`mt-[3px] size-5 flex-none accent-euc ${props.className ?? ''}`}
      />
      <span className="min-w-0">{props.children}</span>
    </label>
  );
}

/** The error of several checkboxes at once. */
function Wrong({ id, children }: { id: string; children: React.ReactNode }) {
  return (
    <p id={id} tabIndex={-1} className="mb-3 flex items-start gap-2 font-medium text-clay outline-none">
      <span className="flex-none pt-[5px]">
        <ClashMark />
      </span>
      <span>{children}</span>
    </p>
  );
}
