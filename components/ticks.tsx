/**
 * The line of a series, first session to last, broken where a date clashes: so many that are free, then so many that
 * clash, and so on. Words say the same beside it.
 */
export function TickRow({ line }: { line: number[] }) {
  return (
    <span aria-hidden="true" className="ticks">
      {partsOf(line).map(({ name, dates }) => (
        <i key={name} style={{ flexGrow: dates }} />
      ))}
    </span>
  );
}

/** Each part by what it is and the session it begins with: no two have the same name. */
function partsOf(line: number[]): { name: string; dates: number }[] {
  let first = 1;
  return line.map((dates, at) => {
    const name = `${at % 2 === 0 ? 'free' : 'clash'} from ${first}`;
    first += dates;
    return { name, dates };
  });
}

/** The same line in parts: which session of a series this is. `at` counts from 1. */
function Place({ at, sessions }: { at: number; sessions: number }) {
  return (
    <span aria-hidden="true" className="flex w-full max-w-[260px] items-center gap-[3px]">
      {Array.from({ length: sessions }, (_, index) => {
        const position = index + 1;
        const look =
          position < at
            ? 'bg-euc opacity-45'
            : position === at
              ? 'bg-euc shadow-[0_0_0_2px_var(--paper),0_0_0_3.5px_var(--euc)]'
              : 'shadow-[inset_0_0_0_1px_var(--edge)]';
        return <i key={position} className={`h-2 flex-1 rounded-[1px] ${look}`} />;
      })}
    </span>
  );
}
