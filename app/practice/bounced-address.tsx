import { sayDay } from '@/scheduling/formatting';
import { toWall } from '@/scheduling/zone';

/** Says beside an e-mail address that nobody has it. */
export function BouncedAddress({ at, timeZone, locale }: { at: number; timeZone: string; locale: string }) {
  return (
    <p className="mt-1 font-medium text-clay">
      E-mails to this address come back, last on {sayDay(toWall(timeZone, at).on, 'short', locale)}. Ask for another.
    </p>
  );
}
