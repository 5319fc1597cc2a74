import { getPairedSeries } from '@/db/appointments/paired-series';
import type { ManagedSeries } from './managed-series';

/** Of two people who come at the same time, a change applies to one: says whose dates stay as they are. */
export async function OnlyThisPersonNote({ managed: { series, viewer, now } }: { managed: ManagedSeries }) {
  const beside = series.pairId === null ? null : await getPairedSeries(viewer, series.uid, now);
  if (!beside) return null;
  return (
    <p className="mt-4 max-w-[36rem]">
      This is only for <bdi>{series.client.name}</bdi>. The dates of <bdi>{beside.client}</bdi> stay as they are, and
      can be changed by their own link.
    </p>
  );
}
