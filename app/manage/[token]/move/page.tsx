import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { makeShortNames } from '@/app/book/booking-wording';
import { getClientIp } from '@/app/client-ip';
import {
  listAppointmentsInScope,
  listOfferedScopes,
  readChangeScope,
  splitByMove,
} from '@/app/manage/[token]/change-scope';
import { ChangeScopeLinks } from '@/app/manage/[token]/change-scope-links';
import {
  isExemptFromMoveLimits,
  loadManagedSeries,
  mayMove,
  requireAppointment,
} from '@/app/manage/[token]/managed-series';
import { OnlyThisPersonNote } from '@/app/manage/[token]/only-this-person-note';
import { readPicks } from '@/app/manage/[token]/read-picks';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { ContactPhrase } from '@/components/contact-phrase';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { findPrenatalTherapistsForClient, formatPrenatalReason } from '@/db/care/prenatal-therapists';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { listTherapists } from '@/db/practice/therapists';
import { isAllowedTherapist } from '@/scheduling/availability';
import { hasClientMovesLeft } from '@/scheduling/booking-policy';
import { addDays, isDayWithinSupportedYears } from '@/scheduling/day';
import { extractFirstName } from '@/scheduling/name-formatting';
import { isTimeOfDay } from '@/scheduling/time-of-day';
import { removeRepeatMark, toInstant, toWallTime } from '@/scheduling/zone-conversion';
import { ConfirmNewDates } from './confirm-new-dates';
import type { MoveWeek } from './earlier-later-nav';
import { MoveOneDate } from './move-one-date';
import { MoveSeriesGrid } from './move-series-grid';
import { describeStayingDate, formatMoveHeading } from './move-wording';
import { proposeNewDates } from './propose-new-dates';
import { StayingDates } from './staying-dates';

export const metadata: Metadata = { title: 'Move' };

interface MovePage {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * First the client chooses which dates, then where to. Of several, every date is shown and repaired before the button
 * moves them.
 */
export default async function MovePage({ params, searchParams }: MovePage) {
  const managed = await loadManagedSeries(params);
  const query = await searchParams;
  const appointment = requireAppointment(managed, query.uid);
  const { practice, token, now } = managed;
  const { timeZone, locale } = practice;
  const back = `/manage/${token}`;
  const crumbs = [{ href: back, label: 'Your dates' }];

  if (!mayMove(managed, appointment)) {
    return (
      <Shell practice={practice} current="manage">
        <PageHeader title={`${formatAppointmentTime(appointment, locale)} cannot be moved here`} crumbs={crumbs} />
        <div className="pb-10">
          <Notice
            tone="bad"
            title={
              hasClientMovesLeft(appointment.movesByClient, practice)
                ? 'It is too late, or it was changed already'
                : 'It has been moved as often as it can be here'
            }
          >
            <p>
              <ContactPhrase practice={practice} capital />, and a person will help.
            </p>
          </Notice>
        </div>
      </Shell>
    );
  }

  const today = toWallTime(timeZone, now).on;
  const planned = toWallTime(timeZone, appointment.startsAt).on;
  const requested = isDayWithinSupportedYears(query.from) ? query.from : addDays(planned, -3);
  const last = addDays(today, practice.windowDays);
  const from = requested < today ? today : requested > last ? last : requested;
  const week: MoveWeek = { from, today, last };
  const trained = await findPrenatalTherapistsForClient(managed.viewer, managed);
  const team = await listTherapists();
  const isHeld = ({ therapist }: { therapist: { id: string } }) =>
    !isAllowedTherapist(trained?.therapistIds, therapist.id);
  const others = isHeld(appointment)
    ? team.filter(
        ({ id, services }) =>
          isAllowedTherapist(trained?.therapistIds, id) && services.includes(appointment.service.id),
      )
    : null;
  const sizes = {
    this: 1,
    following: splitByMove(managed, appointment, 'following').moving.length,
    all: splitByMove(managed, appointment, 'all').moving.length,
  };
  // If any upcoming date is with a therapist who may no longer treat this client, the dates are moved one at a time,
  // each to where it can go.
  const offered = listAppointmentsInScope(managed, appointment, 'all').some(isHeld) ? [] : listOfferedScopes(sizes);
  const scope = readChangeScope(offered, query.scope);
  const pagePath = `${back}/move?uid=${appointment.uid}${scope === 'this' ? '' : `&scope=${scope}`}`;
  const who = extractFirstName(appointment.therapist.name);
  // Finding where several dates could go costs as much as moving them, so it counts against the same limit.
  const isAllowed = scope === 'this' || (await consumeRateLimit('changes', getClientIp(await headers()))).ok;
  const to = scope === 'this' ? null : readPlace(query, timeZone);
  const proposal =
    to && isAllowed && scope !== 'this' ? await proposeNewDates(managed, appointment, to.startsAt, scope) : null;
  // The new time may leave more dates where they are: those that would be in the past, or are there already.
  const proposed = proposal?.ok && proposal.dates.length > 0 ? proposal : null;
  const split = splitByMove(managed, appointment, scope);
  const moving = proposed?.dates ?? split.moving;
  const unmoved = proposed?.staying ?? split.staying.map(({ date, because }) => ({ uid: date.uid, because }));
  const names = makeShortNames(team);
  const staying = managed.series.appointments.flatMap((date) => {
    const found = unmoved.find(({ uid }) => uid === date.uid);
    return found ? [describeStayingDate(date, found.because, managed, names)] : [];
  });

  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title={formatMoveHeading(
          appointment,
          { scope, moving, inScope: listAppointmentsInScope(managed, appointment, scope) },
          locale,
        )}
        from={`With ${who}, ${appointment.minutes} minutes. ${isExemptFromMoveLimits(managed, appointment) ? 'You can move this one free of charge, however late it is. ' : ''}Nothing is moved until you press the button.`}
        crumbs={crumbs}
      >
        <OnlyThisPersonNote managed={managed} />
      </PageHeader>
      {(query.flash === 'taken' || query.flash === 'invalid') && (
        <div className="pb-10">
          <FocusOnOpening>
            <Notice tone="bad" id="flash" title="That time has just gone">
              <p>Nothing was moved. Choose another one below.</p>
            </Notice>
          </FocusOnOpening>
        </div>
      )}
      {others && trained && (
        <div className="pb-10">
          <Notice
            tone={others.length > 0 ? 'quiet' : 'bad'}
            title={others.length > 0 ? 'With a therapist trained for pregnancy' : 'Please talk to us first'}
          >
            <p>You told us about your health: {formatPrenatalReason(trained)}</p>
            <p>
              {others.length > 0
                ? 'Your dates stay as they are until you move them. Below are the times of those who are trained. To keep your therapist, '
                : 'None of our therapists who are trained for pregnancy gives this massage. Your dates stay as they are. To change one, '}
              <ContactPhrase practice={practice} />.
            </p>
          </Notice>
        </div>
      )}
      {offered.length > 1 && (
        <Section title="Which dates?">
          <ChangeScopeLinks
            label="How much to move"
            sizes={{ ...sizes, [scope]: moving.length }}
            offered={offered}
            chosen={scope}
            hrefOf={(each) => `${back}/move?uid=${appointment.uid}&scope=${each}`}
          />
          {!proposed && <StayingDates sentences={staying} />}
        </Section>
      )}
      {scope === 'this' ? (
        <MoveOneDate
          managed={managed}
          appointment={appointment}
          to={readMoment(query.at, timeZone)}
          at={String(query.at)}
          week={week}
          pagePath={pagePath}
          others={others}
          withId={typeof query.with === 'string' ? query.with : undefined}
        />
      ) : !isAllowed ? (
        <div className="pb-10">
          <Notice tone="bad" title="That was a lot in a short time">
            <p>Wait a minute, then look again. Nothing was changed.</p>
          </Notice>
        </div>
      ) : to ? (
        <ConfirmNewDates
          managed={managed}
          appointment={appointment}
          scope={scope}
          proposal={proposal}
          staying={staying}
          to={to}
          picks={readPicks(query)}
          timesHref={`${pagePath}&from=${from}#times`}
        />
      ) : (
        <MoveSeriesGrid
          managed={managed}
          appointment={appointment}
          scope={scope}
          count={moving.length}
          week={week}
          day={query.day}
          pagePath={pagePath}
        />
      )}
    </Shell>
  );
}

type Query = Record<string, string | string[] | undefined>;

function readMoment(value: unknown, timeZone: string): number | null {
  const [on, time] = typeof value === 'string' ? value.split('T') : [];
  return readPlace({ on, time }, timeZone)?.startsAt ?? null;
}

function readPlace({ on, time }: Query, timeZone: string) {
  if (typeof time !== 'string' || !isTimeOfDay(removeRepeatMark(time)) || !isDayWithinSupportedYears(on)) return null;
  return { startsAt: toInstant(timeZone, on, time), on, time };
}
