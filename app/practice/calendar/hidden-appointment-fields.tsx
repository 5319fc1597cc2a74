import type { AppointmentFacts } from '@/db/appointments/appointment-facts';

/**
 * The hidden fields of a form about one appointment: its id, its version when the page was drawn, and where to come
 * back to.
 */
export function HiddenAppointmentFields({ facts, back }: { facts: AppointmentFacts; back: string }) {
  return (
    <>
      <input type="hidden" name="uid" value={facts.uid} />
      <input type="hidden" name="version" value={facts.version} />
      <input type="hidden" name="seriesVersion" value={facts.seriesVersion} />
      <input type="hidden" name="back" value={back} />
    </>
  );
}
