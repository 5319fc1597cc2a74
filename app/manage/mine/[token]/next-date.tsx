import {
  describeChangesNoLongerPossible,
  isJustBooked,
} from '@/app/manage/[token]/describe-changes-no-longer-possible';
import { mayCancel, mayMove } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { ButtonLink } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { directionsHref } from '@/components/directions-href';
import { VisitorTime } from '@/components/visitor-time';
import type { AppointmentView } from '@/db/appointments/series';
import type { PlanOfEmail } from '@/db/people/plans-by-email-address';
import type { Practice } from '@/db/practice/practice';
import { formatNumberInWords } from '@/scheduling/count-wording';
import { daysBetween } from '@/scheduling/day';
import { formatMoney } from '@/scheduling/format-money';
import { formatDuration } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

interface NextDateProps {
  plan: PlanOfEmail;
  appointment: AppointmentView;
  practice: Practice;
  now: number;
  /** Whether to name the client, because several people share the e-mail address. */
  isNamed: boolean;
  /** What the visitor's browser calls itself: it decides which map opens. */
  userAgent: string | null;
}

/** The next date, and what can be done with it. */
export function NextDate({ plan, appointment, practice, now, isNamed, userAgent }: NextDateProps) {
  const managed = { ...plan, practice, now };
  const { token, series } = plan;
  const move = mayMove(managed, appointment);
  const cancel = mayCancel(managed, appointment);
  const limits = describeChangesNoLongerPossible(appointment, managed);
  const { service, minutes, therapist, priceCents, currency, position, uid } = appointment;
  const days = [now, appointment.startsAt].map((instant) => toWallTime(practice.timeZone, instant).on);
  return (
    <section aria-labelledby="next-heading" className="mb-10 bg-sand px-5 py-6 wide:mb-14 wide:px-10 wide:py-9">
      <div className="grid gap-6 board:grid-cols-[minmax(0,1fr)_21rem] board:items-center board:gap-10">
        <div className="min-w-0">
          <p className="text-small text-soft">Next, {formatDaysAhead(daysBetween(days[0]!, days[1]!))}</p>
          <h2 id="next-heading" className="mt-1 text-[1.75rem] leading-[1.2] wide:text-[2.25rem]">
            {formatAppointmentTime(appointment, practice.locale)}
          </h2>
          <p className="mt-3">
            {service.name}, {minutes} minutes, with {extractFirstName(therapist.name)}
            {isNamed && (
              <>
                , for <bdi>{series.client.name}</bdi>
              </>
            )}
            <VisitorTime instant={appointment.startsAt} timeZone={practice.timeZone} locale={practice.locale} />.
            {series.sessions > 1 && ` Session ${position} of ${series.sessions}.`}
          </p>
          <p className="mt-1 text-small text-soft">
            {practice.address || practice.name}. {formatMoney(priceCents, currency, practice.locale)}, pay at the visit.
          </p>
        </div>
        <div className="min-w-0 print:hidden">
          {plan.isNewsAsked && (
            <ButtonLink href={`/manage/${token}/before`} className="mb-3 w-full">
              Anything new since last time?
            </ButtonLink>
          )}
          <p className="flex flex-wrap gap-3 *:grow *:whitespace-nowrap">
            {move && (
              <ButtonLink href={`/manage/${token}/move?uid=${uid}`} kind="plain" slim>
                Move
              </ButtonLink>
            )}
            {cancel && (
              <ButtonLink href={`/manage/${token}/cancel?uid=${uid}`} kind="cancel" slim>
                Cancel
              </ButtonLink>
            )}
            {practice.address && (
              <ButtonLink href={directionsHref(practice, userAgent)} kind="plain" slim rel="noreferrer">
                Directions
              </ButtonLink>
            )}
          </p>
          <p className="mt-3 text-small text-soft">
            {[
              cancel &&
                !isJustBooked(appointment, managed) &&
                `Cancel free until ${formatDuration(practice.cancelCutoffMinutes)} before.`,
              move && `Move until ${formatDuration(practice.moveCutoffMinutes)} before.`,
            ]
              .filter(Boolean)
              .join(' ')}{' '}
            {limits && (
              <>
                {limits} <ContactPhrase practice={practice} capital />.
              </>
            )}
          </p>
        </div>
      </div>
    </section>
  );
}

function formatDaysAhead(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${formatNumberInWords(days)} days`;
}
