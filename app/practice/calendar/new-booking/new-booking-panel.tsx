import { randomUUID } from 'node:crypto';
import Link from 'next/link';
import { formatGiverNames, getServiceNameById } from '@/app/book/booking-wording';
import { blockTimeHref, type CalendarUrlState, calendarHref } from '@/app/practice/calendar/calendar-url';
import { toCallerOption } from '@/app/practice/calendar/callers/caller-option';
import { PanelFrame } from '@/app/practice/calendar/panel-frame';
import type { Staff } from '@/db/access/viewer';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatTime, formatWeekday } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toInstant } from '@/scheduling/zone-conversion';
import { loadCallerOrMatches, loadNewBookingDates, type NewBookingData } from './load-new-booking';
import { listBesideMassages, listTherapistsForSecondPerson, toNewBookingParamPairs } from './new-booking-params';
import { NewBookingSteps } from './new-booking-steps';

/** The panel in which a booking for a caller is made. Every choice is in the address. */
export async function NewBookingPanel({
  desk,
  shown,
  viewer,
}: {
  desk: NewBookingData;
  shown: CalendarUrlState;
  viewer: Staff;
}) {
  const { choice, practice, services, allServices, therapists, names, now } = desk;
  const [{ caller, found }, dates] = await Promise.all([loadCallerOrMatches(viewer, desk), loadNewBookingDates(desk)]);
  const { timeZone, locale, maxSessions } = practice;
  const closeHref = calendarHref({ ...shown, open: undefined });
  const place = [...new URLSearchParams(closeHref.split('?')[1])];
  const [on = '', time = ''] = choice.at.split('T');
  const { therapistId, besideId } = choice;
  const who = formatGiverNames({ therapistId, besideId: besideId ?? undefined }, names);
  const { plan } = choice;
  const service = services.find(({ id }) => id === plan.serviceId);
  const format = { timeZone, now };
  return (
    <PanelFrame labelledBy="new-name" closeHref={closeHref} hasStickyFooter>
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="new-name" className="text-[1.375rem]! leading-8! font-normal!">
          Book {formatTime(timeZone, toInstant(timeZone, on, time), locale)} with {who}
        </h2>
        <Link href={closeHref} scroll={false} className="inline-flex min-h-11 flex-none items-center text-small">
          Close
        </Link>
      </div>
      <p className="sr-only">{formatWeekday(on)}</p>
      <p className="text-small">
        <Link
          href={blockTimeHref(shown, { at: choice.at, to: '', until: on, therapistId: choice.therapistId })}
          scroll={false}
          className="inline-flex min-h-8 items-center"
        >
          Block this time instead
        </Link>
      </p>
      <NewBookingSteps
        place={place}
        chosen={toNewBookingParamPairs(choice)}
        at={choice.at}
        therapistId={choice.therapistId}
        therapists={therapists.map(({ id }) => ({ id, name: names[id] ?? id }))}
        caller={
          caller && {
            ...toCallerOption(caller, format),
            firstName: extractFirstName(caller.name),
            hasEmail: caller.email !== '',
          }
        }
        isNew={choice.client === 'new'}
        name={choice.name}
        found={found.map((match) => toCallerOption(match, format))}
        beside={{
          therapists: listTherapistsForSecondPerson(plan, choice.therapistId, {
            services: allServices,
            therapists,
          }).map(({ id }) => {
            return { id, name: names[id] ?? id };
          }),
          id: choice.besideId,
          massages:
            choice.besideId === null
              ? []
              : listBesideMassages(plan, choice.besideId, { services: allServices, therapists }).map(
                  ({ value, serviceId, minutes }) => ({
                    value,
                    label:
                      serviceId === null
                        ? 'The same massage'
                        : `${getServiceNameById(serviceId, allServices)}, ${minutes} min`,
                  }),
                ),
          massage: toNewBookingParamPairs(choice).find(([name]) => name === 'besideMassage')?.[1] ?? '',
          lost: choice.lostBesideId && (names[choice.lostBesideId] ?? choice.lostBesideId),
        }}
        services={services.map(({ id, name }) => ({ id, name }))}
        lengths={service?.lengths.map(({ minutes }) => minutes) ?? []}
        plan={{
          serviceId: plan.serviceId,
          minutes: plan.minutes,
          cadence: plan.cadence,
          sessions: plan.wanted,
          isAnyHour: choice.isAnyHour,
        }}
        maxSessions={maxSessions}
        dates={dates}
        sendsMail={isMailEnabled()}
        bookingKey={`desk-${randomUUID()}`}
      />
    </PanelFrame>
  );
}
