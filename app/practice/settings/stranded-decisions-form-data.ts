import { describeExceededCaps } from '@/app/practice/date-decisions/describe-exceeded-caps';
import { describePaidDate } from '@/app/practice/date-decisions/describe-paid-date';
import { TAKE_ALL_DATE_SUGGESTIONS_FIELD } from '@/app/practice/date-decisions/take-all-date-suggestions-field';
import type { DateWithReplacementTimes, ReplacementTime } from '@/db/booking/propose-replacement-times';
import type { StrandedBookingDecisions, StrandedDate } from '@/db/offer/stranded-bookings';
import type { Practice } from '@/db/practice/practice';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

// Booked dates that a change would strand: how the form shows them, and how it sends back what was decided for each.

/** A booked date in words. */
export interface StrandedDateView {
  uid: string;
  version: number;
  when: string;
  what: string;
  /** What was paid for it already, in words. */
  paid: string | null;
  /** Opens the calendar at this date, with the form that moves it. */
  moveHref: string;
  /** A free room at the same hour, when only the date's room is withdrawn. */
  otherRoom: { id: string; name: string } | null;
  /** Another place for the date: the value that is sent, its label, and what speaks against it. */
  place: { value: string; label: string; warning?: string } | null;
  choice: 'keep' | 'cancel' | 'room' | 'move';
}

/** The state of a form that decides on stranded dates. */
export interface StrandedDatesFormState {
  problem: 'busy' | 'changed' | 'list_changed' | 'not_found' | 'yourself' | 'last_owner' | null;
  dates: StrandedDateView[] | null;
}

export function readStrandedDecision(form: FormData): Required<StrandedBookingDecisions> {
  // Nothing was decided yet, so nothing is done: the booked dates come back for another look.
  if (form.has(TAKE_ALL_DATE_SUGGESTIONS_FIELD)) return { seen: [], cancelling: [], moving: [], elsewhere: [] };
  const seen = form.getAll('seen').flatMap((value) => {
    const [, uid, version] = /^([\w:-]{1,64})\.(\d{1,9})$/.exec(String(value)) ?? [];
    return uid ? [{ uid, version: Number(version) }] : [];
  });
  const chosen = seen.map(({ uid }) => ({ uid, choice: String(form.get(`date-${uid}`) ?? '') }));
  return {
    seen,
    cancelling: chosen.filter(({ choice }) => choice === 'cancel').map(({ uid }) => uid),
    moving: chosen.flatMap(({ uid, choice }) => {
      const [, roomId] = /^room\.([\w:-]{1,64})$/.exec(choice) ?? [];
      return roomId ? [{ uid, roomId }] : [];
    }),
    elsewhere: chosen.flatMap(({ uid, choice }) => {
      const [, startsAt, therapistId] = /^move\.(\d{1,15})\.([\w:.-]{1,64})$/.exec(choice) ?? [];
      return therapistId ? [{ uid, startsAt: Number(startsAt), therapistId }] : [];
    }),
  };
}

type AnyStrandedDate = DateWithReplacementTimes & Partial<Pick<StrandedDate, 'otherRoom'>>;

/** The list as it is now; where it differs from the one that was shown, the state says so. */
export function toStrandedDatesFormState(
  dates: AnyStrandedDate[],
  form: FormData,
  practice: Practice,
): StrandedDatesFormState {
  const { seen, cancelling } = readStrandedDecision(form);
  const { timeZone, locale } = practice;
  const choiceOf = (
    uid: string,
    otherRoom: StrandedDateView['otherRoom'],
    place: StrandedDateView['place'],
  ): StrandedDateView['choice'] => {
    const sent = form.get(`date-${uid}`);
    if (form.has(TAKE_ALL_DATE_SUGGESTIONS_FIELD))
      return otherRoom ? 'room' : place && !place.warning ? 'move' : 'keep';
    if (cancelling.includes(uid)) return 'cancel';
    // Nobody has to be told of another room, so most people will want that.
    if (otherRoom && sent !== 'keep') return 'room';
    return place && sent === place.value ? 'move' : 'keep';
  };
  return {
    problem: seen.length > 0 ? 'list_changed' : null,
    dates: dates.map(({ uid, version, startsAt, clientName, service, therapist, otherRoom = null, ...date }) => {
      const { on } = toWallTime(timeZone, startsAt);
      const place = date.places[0] ? showPlace(date.places[0], startsAt, practice) : null;
      return {
        uid,
        version,
        when: `${formatDay(on, 'short', locale)}, ${formatTime(timeZone, startsAt, locale)}`,
        what: `${clientName}, ${service} with ${therapist}`,
        paid: date.paidCents > 0 ? describePaidDate(date.paidCents, practice) : null,
        moveHref: `/practice/calendar?on=${on}&whose=everyone&open=${uid}&ask=move`,
        otherRoom,
        place,
        choice: choiceOf(uid, otherRoom, place),
      };
    }),
  };
}

function showPlace(
  { startsAt, therapistId, therapist, exceeds }: ReplacementTime,
  was: number,
  { timeZone, locale }: Practice,
): StrandedDateView['place'] {
  const on = (instant: number) => toWallTime(timeZone, instant).on;
  const day = on(startsAt) === on(was) ? '' : `${formatDay(on(startsAt), 'short', locale)}, `;
  const when = startsAt === was ? 'the same hour' : `${day}${formatTime(timeZone, startsAt, locale)}`;
  const who = extractFirstName(therapist);
  return {
    value: `move.${startsAt}.${therapistId}`,
    label: `${who}, ${when}`,
    ...(exceeds && { warning: describeExceededCaps(exceeds, who) }),
  };
}

/** All texts of one field name, each cut to `most` characters. */
export function readTextValues(form: FormData, name: string, most = 200): string[] {
  return form
    .getAll(name)
    .slice(0, 500)
    .map((value) => String(value).slice(0, most));
}
