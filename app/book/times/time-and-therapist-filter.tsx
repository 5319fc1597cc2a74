interface Chip {
  key: string;
  label: string;
}

interface Line {
  /** The address of this page without the choice, and below it the parameter that holds the choice. */
  href: string;
  param: string;
  chosen: string;
  chips: Chip[];
}

/**
 * The first question of the step. Its answers are links: they work without script and survive a reload. With script they
 * are one stop of the Tab key (browser/arrow-keys.ts).
 */
export function TimeAndTherapistFilter({ time, person }: { time: Line | null; person: Line | null }) {
  if (!time && !person) return null;
  return (
    <section
      data-arrow-keys="line"
      id="suits"
      tabIndex={-1}
      aria-labelledby="suits-heading"
      className="pb-8 outline-none wide:grid wide:grid-cols-[14.5rem_minmax(0,1fr)] wide:gap-x-10 wide:pb-10 board:gap-x-18"
    >
      <h2 id="suits-heading" className="mb-4 wide:mb-0 wide:text-[1.375rem] wide:leading-7">
        When suits you?
      </h2>
      <div className="grid min-w-0 gap-4">
        {time && <Chips label="Time of day" line={time} />}
        {person && <Chips label="With" line={person} />}
      </div>
    </section>
  );
}

function Chips({ label, line }: { label: string; line: Line }) {
  const { href, param, chosen, chips } = line;
  return (
    <nav
      aria-label={label}
      className="flex flex-wrap gap-2 *:inline-flex *:min-h-11 *:max-w-full *:items-center *:gap-2 *:rounded-[1.375rem] *:border *:border-edge *:px-4 *:py-1 *:leading-5 *:wrap-anywhere *:font-[450] *:text-ink *:no-underline *:hover:bg-sand *:aria-[current]:border-euc *:aria-[current]:bg-euc *:aria-[current]:text-on-euc forced-colors:*:aria-[current]:border-3 forced-colors:*:aria-[current]:border-[Highlight]"
    >
      {chips.map(({ key, label }) => (
        <a
          key={key}
          href={`${href}${key && `&${param}=${encodeURIComponent(key)}`}#suits`}
          aria-current={key === chosen || undefined}
        >
          {key === chosen && <span aria-hidden="true">✓</span>}
          {label}
        </a>
      ))}
    </nav>
  );
}
