import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import type { RebookingHoldView } from '@/db/booking/rebooking-holds';
import type { Practice } from '@/db/practice/practice';
import { freeHeldTime } from './actions';

/** The time that is held for a client after their last date, as their e-mail says, with a button to free it. */
export function RebookingHoldSection({
  id,
  held,
  practice,
}: {
  id: string;
  held: RebookingHoldView;
  practice: Practice;
}) {
  const format = (instant: number) => formatDayAndTime(instant, practice);
  return (
    <ActionForm action={freeHeldTime}>
      <input type="hidden" name="who" value={id} />
      <p>
        {held.starts.map(format).join(' · ')}, with {held.therapist}. The e-mail after their last date says that it is
        held until {format(held.until)}. To book it for them, free it first.
      </p>
      <div className="mt-3">
        <Button kind="plain" slim>
          Free this time
        </Button>
      </div>
    </ActionForm>
  );
}
