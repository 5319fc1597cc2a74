interface Bar {
  name: string;
  value: number;
  words: string;
  /** The list of what the bar counts, if there is one. */
  href?: string | undefined;
}

/** Rows with a name, a bar that starts at zero, and the amount in words. The bars only show what the words say. */
export function BarChart({ rows }: { rows: Bar[] }) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <dl className="grid max-w-[36rem] gap-3">
      {rows.map(({ name, value, words, href }) => (
        <div key={name} className="grid items-center gap-x-4 mid:grid-cols-[9rem_minmax(0,1fr)_7rem]">
          <dt className="wrap-anywhere">{name}</dt>
          <svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" className="h-4 w-full">
            <rect width={(100 * Math.max(0, value)) / most} height="8" rx="0.5" className="fill-euc" />
          </svg>
          <dd className="mid:text-right">{href !== undefined && value !== 0 ? <a href={href}>{words}</a> : words}</dd>
        </div>
      ))}
    </dl>
  );
}

const TINTS = ['fill-euc', 'fill-heat', 'fill-fill-some'];

/** A whole in up to three parts, side by side, each with its name and number below it. */
export function PartsOfWholeBar({ parts }: { parts: { name: string; value: number; href: string }[] }) {
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  if (total === 0) return null;
  const shown = parts.map((part, at) => ({ ...part, tint: TINTS[at], width: (100 * part.value) / total }));
  const startOf = (at: number) => shown.slice(0, at).reduce((sum, { width }) => sum + width, 0);
  return (
    <div className="max-w-[44rem]">
      <svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" className="h-10 w-full">
        {shown.map(({ name, tint, width }, at) => (
          <rect key={name} x={startOf(at)} width={Math.max(0, width - 0.3)} height="8" className={tint} />
        ))}
      </svg>
      <ul className="mt-2 flex flex-wrap gap-x-8 gap-y-1">
        {shown.map(({ name, value, tint, href }) => (
          <li key={name} className="flex items-center gap-2">
            <svg aria-hidden="true" viewBox="0 0 8 8" className="h-3 w-3">
              <rect width="8" height="8" className={tint} />
            </svg>
            {value > 0 ? (
              <a href={href} className="inline-flex min-h-11 items-center gap-1">
                <b className="font-semibold">{value}</b> {name}
              </a>
            ) : (
              <span>
                <b className="font-semibold">{value}</b> {name}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
