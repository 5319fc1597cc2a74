import type { AppointmentFacts } from '@/db/appointments/appointment-facts';

/** What a form about one appointment carries: which one, as it was when this page was drawn, and where to come back to. */
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
