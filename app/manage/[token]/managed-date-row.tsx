import { ButtonLink } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { DateStateMark } from '@/components/date-state-mark';
import { VisitorTime } from '@/components/visitor-time';
import type { AppointmentView } from '@/db/appointments/series';
import { extractFirstName } from '@/scheduling/name-formatting';
import { describeChangesNoLongerPossible } from './describe-changes-no-longer-possible';
import { type ManagedSeries, mayCancel, mayMove, wasMovedFromPlan } from './managed-series';
import { formatMovedFrom, formatShortDay, formatStartToEnd } from './series-wording';

/** One date of a series: its state, what can still be done with it, and after a cutoff, whom to call. */
export function ManagedDateRow({
  appointment,
  managed,
  isRestorable,
}: {
  appointment: AppointmentView;
  managed: ManagedSeries;
  /** It was cancelled by its client, and is still free. */
  isRestorable: boolean;
}) {
  const { practice, series, token, now } = managed;
  const movedFrom = formatMovedFrom(appointment, managed, practice.locale);
  const isPast = appointment.startsAt <= now;
  const day = formatShortDay(appointment, practice);
  const state =
    appointment.status === 'booked' ? (wasMovedFromPlan(appointment) ? 'moved' : 'booked') : appointment.status;
  const move = mayMove(managed, appointment);
  const cancel = mayCancel(managed, appointment);
  const limits = describeChangesNoLongerPossible(appointment, managed);
  return (
    <li id={`date-${appointment.position}`} className="border-b border-line">
      <div className="grid grid-cols-[1.75rem_minmax(0,1fr)] items-baseline gap-x-2 py-3 slim:grid-cols-[1.75rem_minmax(0,1fr)_auto] wide:grid-cols-[2.5rem_minmax(0,13rem)_minmax(0,1fr)_auto]">
        <span className="text-small text-soft">{appointment.position}</span>
        <span
          className={`font-serif text-item font-medium tracking-[-0.005em] ${appointment.status === 'cancelled' ? 'text-soft line-through' : ''}`}
        >
          {day}
        </span>
        <span className="col-start-2 text-small text-soft slim:col-end-4 slim:row-start-2 wide:col-start-3 wide:col-end-4 wide:row-start-1 wide:text-[0.9375rem]">
          {formatStartToEnd(appointment, practice.locale)}
          <VisitorTime instant={appointment.startsAt} timeZone={practice.timeZone} locale={practice.locale} />,{' '}
          {appointment.service.name}
          {appointment.therapist.id !== series.therapist.id && `, with ${extractFirstName(appointment.therapist.name)}`}
          {movedFrom && `, ${movedFrom}`}
        </span>
        <span className="col-start-2 slim:col-start-3 slim:row-start-1 wide:col-start-4">
          {appointment.status === 'booked' && isPast ? (
            <span className="text-[0.9375rem] leading-5 font-medium text-soft">Past</span>
          ) : (
            <DateStateMark state={state} />
          )}
        </span>
        {isRestorable && (
          <span className="col-start-2 text-small slim:col-end-4 slim:row-start-3 wide:col-start-3 wide:col-end-5 wide:row-start-2 print:hidden">
            <a
              href={`/manage/${token}/extend?cancelled=${appointment.uid}`}
              className="inline-flex min-h-11 items-center"
            >
              Book this date again<span className="sr-only">: {day}</span>
            </a>
          </span>
        )}
        {appointment.status === 'booked' && !isPast && (
          <span className="col-start-2 text-small slim:col-end-4 slim:row-start-3 wide:col-start-3 wide:col-end-5 wide:row-start-2 print:hidden">
            {move && (
              <ButtonLink href={`/manage/${token}/move?uid=${appointment.uid}`} kind="plain" slim className="mt-2 mr-6">
                Move<span className="sr-only"> {day}</span>
              </ButtonLink>
            )}
            {cancel && (
              <a
                href={`/manage/${token}/cancel?uid=${appointment.uid}`}
                className="inline-flex min-h-11 items-center text-clay"
              >
                Cancel<span className="sr-only"> {day}</span>
              </a>
            )}
            {limits && (
              <span className="block py-2 text-soft">
                {limits} <ContactPhrase practice={practice} capital />.
              </span>
            )}
          </span>
        )}
      </div>
    </li>
  );
}
