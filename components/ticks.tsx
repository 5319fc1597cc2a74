/** The line of a series: one stretch a session, first to last, broken where a date clashes. Words say the same beside it. */
export function Ticks({ open, className = '' }: { open: boolean[]; className?: string }) {
  return (
    <span aria-hidden="true" className={`flex h-[3px] w-full items-center ${className}`}>
      {stretchesOf(open).map(({ from, length, isOpen }) => (
        <i
          key={from}
          style={{ flexGrow: length }}
          className={`h-[3px] basis-0 first:rounded-l-[2px] last:rounded-r-[2px] ${isOpen ? 'bg-current' : ''}`}
        />
      ))}
    </span>
  );
}

/** Neighbours alike are drawn as one: a page of times has thousands of dates. */
function stretchesOf(open: boolean[]): { from: number; length: number; isOpen: boolean }[] {
  const stretches: { from: number; length: number; isOpen: boolean }[] = [];
  for (const [at, isOpen] of open.entries()) {
    const last = stretches.at(-1);
    if (last?.isOpen === isOpen) last.length += 1;
    else stretches.push({ from: at, length: 1, isOpen });
  }
  return stretches;
}

/** The same line in parts: which session of a series this is. `at` counts from 1. */
export function Place({ at, of }: { at: number; of: number }) {
  return (
    <span aria-hidden="true" className="flex w-full max-w-[260px] items-center gap-[3px]">
      {Array.from({ length: of }, (_, index) => {
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
