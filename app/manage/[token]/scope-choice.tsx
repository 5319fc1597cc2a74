import type { AppointmentView } from '@/db/appointments/series';
import type { ManagedSeries } from './managed-series';
import { appointmentsInScope, type Scope } from './scope';

interface ScopeChoiceProps {
  label: string;
  managed: ManagedSeries;
  appointment: AppointmentView;
  offered: Scope[];
  chosen: Scope;
  hrefOf: (scope: Scope) => string;
}

const words: Record<Scope, string> = {
  this: 'Only this one',
  following: 'This and later dates',
  all: 'All upcoming',
};

/** How many of the dates a change is about; links, so that it works without script. */
export function ScopeChoice({ label, managed, appointment, offered, chosen, hrefOf }: ScopeChoiceProps) {
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
          {scope !== 'this' && ` (${appointmentsInScope(managed, appointment, scope).length})`}
        </a>
      ))}
    </nav>
  );
}
