import type { EditScope } from '@/scheduling/plan-series-edit';
import type { ScopeSizes } from './change-scope';

interface ScopeChoiceProps {
  label: string;
  sizes: ScopeSizes;
  offered: EditScope[];
  chosen: EditScope;
  hrefOf: (scope: EditScope) => string;
}

const words: Record<EditScope, string> = {
  this: 'Only this date',
  following: 'This and later dates',
  all: 'All upcoming',
};

/** How many of the dates a change applies to. The choices are links, so they work without script. */
export function ChangeScopeLinks({ label, sizes, offered, chosen, hrefOf }: ScopeChoiceProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-x-6 gap-y-1">
      {offered.map((scope) => (
        <a
          key={scope}
          href={hrefOf(scope)}
          aria-current={scope === chosen || undefined}
          className="inline-flex min-h-11 items-center border-b-2 border-transparent text-ink no-underline hover:underline aria-[current]:border-euc aria-[current]:font-semibold"
        >
          {words[scope]}
          {scope !== 'this' && ` (${sizes[scope]})`}
        </a>
      ))}
    </nav>
  );
}
