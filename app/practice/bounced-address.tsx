import type { Bounce } from '@/db/messages/bounces';
import { sayDay } from '@/scheduling/formatting';
import { toWall } from '@/scheduling/zone';

interface Props {
  bounce: Bounce;
  timeZone: string;
  locale: string;
}

/** Says beside an e-mail address that it reaches nobody. */
export function BouncedAddress({ bounce: { at, isByHand }, timeZone, locale }: Props) {
  const day = sayDay(toWall(timeZone, at).on, 'short', locale);
  return (
    <p className="mt-1 font-medium text-clay">
      E-mails to this address come back, {isByHand ? 'as was noted' : 'last'} on {day}. Ask for another.
    </p>
  );
}
