/** A checkbox for each of a few named choices. */
export function CheckboxList(props: {
  legend: string;
  hint?: string;
  name: string;
  options: { id: string; name: string }[];
  chosen: string[];
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">{props.legend}</legend>
      {props.hint && <p className="text-small text-soft">{props.hint}</p>}
      <div className="flex flex-wrap gap-x-6">
        {props.options.map(({ id, name }) => (
          <label key={id} className="flex min-h-11 min-w-0 items-center gap-2.5">
            <input
              type="checkbox"
              name={props.name}
              value={id}
              defaultChecked={props.chosen.includes(id)}
              className="size-5 flex-none accent-euc"
            />
            <span className="min-w-0 wrap-anywhere">{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
