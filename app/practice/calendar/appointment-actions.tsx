import Link from 'next/link';
import type { ReactNode } from 'react';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import type { AppointmentFacts } from '@/db/appointments/appointment-facts';
import { toWallTime } from '@/scheduling/zone-conversion';
import {
  recordArrival,
  recordCompletion,
  recordLateCancel,
  recordNoShow,
  recordSessionStart,
  undoStatus,
} from './actions';
import { HiddenAppointmentFields } from './hidden-appointment-fields';

const LINK_CLASS =
  'inline-flex min-h-11 items-center justify-center rounded border border-edge px-2 text-[0.9375rem] leading-5 font-[550] no-underline hover:bg-sand';

interface AppointmentActionsProps {
  facts: AppointmentFacts;
  now: number;
  back: string;
  openHref: string;
}

/** What can be done with this appointment now. The most likely next step comes first and is the filled button. */
export function AppointmentActions({ facts, now, back, openHref }: AppointmentActionsProps) {
  const { status, startsAt, arrivedAt, begunAt, timeZone } = facts;
  const isBooked = status === 'booked';
  const isItsDay = toWallTime(timeZone, startsAt).on === toWallTime(timeZone, now).on;
  const hasStarted = startsAt <= now;
  const press = (action: (form: FormData) => Promise<void>, label: string, kind: 'fill' | 'plain') => (
    <ActionForm action={action} className="grid">
      <HiddenAppointmentFields facts={facts} back={back} />
      <Button slim kind={kind} className="px-1! whitespace-nowrap">
        {label}
      </Button>
    </ActionForm>
  );
  const canArrive = isBooked && isItsDay && arrivedAt === null;
  const canBegin = isBooked && isItsDay && begunAt === null;
  const canEnd = isBooked && (hasStarted || begunAt !== null);
  const next = canArrive && !hasStarted ? 'arrive' : canBegin && arrivedAt !== null ? 'begin' : canEnd ? 'end' : 'none';
  const look = (step: string) => (step === next ? 'fill' : 'plain');
  const isNoted = status === 'completed' || status === 'no_show' || facts.isLateCancel || arrivedAt !== null;
  return (
    <Row>
      {canArrive && press(recordArrival, 'Arrived', look('arrive'))}
      {canBegin && press(recordSessionStart, 'Started', look('begin'))}
      {canEnd && press(recordCompletion, 'Done', look('end'))}
      {isBooked && hasStarted && begunAt === null && press(recordNoShow, 'No-show', 'plain')}
      {facts.client.phoneLink && (
        <ButtonLink kind="plain" slim href={facts.client.phoneLink} className="px-2!">
          Call
        </ButtonLink>
      )}
      {isBooked && (
        <>
          <Link href={`${openHref}&ask=move`} scroll={false} className={`${LINK_CLASS} text-ink hover:text-ink`}>
            Move<span className="sr-only"> this appointment</span>
          </Link>
          <Link href={`${openHref}&ask=swap`} scroll={false} className={`${LINK_CLASS} text-ink hover:text-ink`}>
            Swap<span className="sr-only"> this appointment with another</span>
          </Link>
          {!hasStarted && (
            <Link href={`${openHref}&ask=cancel`} scroll={false} className={`${LINK_CLASS} text-clay hover:text-clay`}>
              Cancel<span className="sr-only"> this appointment</span>
            </Link>
          )}
          {arrivedAt === null && now > facts.cancelUntil && press(recordLateCancel, 'Late cancel', 'plain')}
        </>
      )}
      {status === 'completed' && (
        <ButtonLink slim href={`/practice/payments/${facts.uid}`} className="px-2!">
          Payment
        </ButtonLink>
      )}
      {isNoted && press(undoStatus, describeWhatIsUndone(facts), 'plain')}
    </Row>
  );
}

/** Names the status that is undone: beside "Payment", a button "Take it back" would seem to mean the money. */
function describeWhatIsUndone({ status, begunAt }: AppointmentFacts): string {
  if (status === 'completed') return 'Not completed';
  if (status === 'no_show') return 'Came after all';
  if (status === 'cancelled') return 'Comes after all';
  return begunAt === null ? 'Not arrived' : 'Not started';
}

function Row({ children }: { children: ReactNode }) {
  return <div className="mt-3 grid grid-cols-3 gap-2">{children}</div>;
}
