/** Rows of a name, a bar that starts at zero, and the amount in words. The bars only draw what the words say. */
export function Bars({ rows }: { rows: { name: string; value: number; words: string }[] }) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <dl className="grid max-w-[36rem] gap-3">
      {rows.map(({ name, value, words }) => (
        <div key={name} className="grid items-center gap-x-4 mid:grid-cols-[9rem_minmax(0,1fr)_7rem]">
          <dt className="wrap-anywhere">{name}</dt>
          <svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" className="h-4 w-full">
            <rect width={(100 * Math.max(0, value)) / most} height="8" rx="0.5" className="fill-euc" />
          </svg>
          <dd className="mid:text-right">{words}</dd>
        </div>
      ))}
    </dl>
  );
}
