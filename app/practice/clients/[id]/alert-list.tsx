import { ClashMark } from '@/components/date-state-mark';

/** What to heed with a client, above everything else about them. `className` sets on which sides a line is. */
export function AlertList({ alerts, className }: { alerts: string[]; className: 'border-t' | 'border-y' }) {
  if (alerts.length === 0) return null;
  return (
    <section aria-label="Alerts" className={`${className} border-clay py-3`}>
      <ul className="flex flex-wrap gap-x-10 gap-y-1">
        {alerts.map((alert) => (
          <li key={alert} className="flex items-start gap-2 font-medium text-clay">
            <span className="flex-none pt-1.5">
              <ClashMark />
            </span>
            <bdi className="wrap-anywhere">{alert}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
