import type { Bounce } from '@/db/messages/bounces';
import { formatDay } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

interface Props {
  bounce: Bounce;
  timeZone: string;
  locale: string;
}

/** The warning beside an e-mail address whose e-mails come back. */
export function BouncedAddressWarning({ bounce: { at, isByHand }, timeZone, locale }: Props) {
  const day = formatDay(toWallTime(timeZone, at).on, 'short', locale);
  return (
    <p className="mt-1 font-medium text-clay">
      E-mails to this address come back, {isByHand ? 'as was noted' : 'last'} on {day}. Ask for another.
    </p>
  );
}
