import { makeShortNames } from '@/app/book/booking-wording';
import { describeMoveWarning } from '@/app/practice/calendar/move-warnings';
import { describeExceededCaps } from '@/app/practice/date-decisions/describe-exceeded-caps';
import { TAKE_ALL_DATE_SUGGESTIONS_FIELD } from '@/app/practice/date-decisions/take-all-date-suggestions-field';
import { readTextValues } from '@/app/practice/settings/stranded-decisions-form-data';
import type { DateNeedingTherapistApproval } from '@/db/booking/add-time-off';
import type { DateDecision } from '@/db/booking/apply-date-decisions';
import { formatMoveOverCapsKey, type MoveOverCaps } from '@/db/booking/over-caps-key';
import type { DateWithReplacementTimes } from '@/db/booking/propose-replacement-times';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { describePaidDate } from './describe-paid-date';

// Booked dates that somebody has to decide on: how the form shows them, and how it sends back what was decided for
// each.

interface ShownChoice {
  value: string;
  title: string;
  small: string;
  /** What speaks against it: it would be more than its therapist wants to give. */
  warning?: string;
}

/** A date in words, with the choices for it. */
export interface DateToDecideView {
  uid: string;
  version: number;
  name: string;
  phone: string | null;
  phoneLink: string | null;
  when: string;
  what: string;
  choices: ShownChoice[];
  chosen: string;
  /** What has changed since it was looked at, or needs attention. */
  notes: string[];
}

/** The e-mail to a client about such dates, as it would be sent. */
export interface PreviewedEmail {
  /** The first date that the e-mail is about; the form names it to ask for this e-mail again. */
  uid: string;
  to: string;
  firstName: string;
  subject: string;
  text: string;
  place: number;
  count: number;
  nextUid: string | null;
  /** Whether other times are looked up when it is sent. */
  offersOtherTimes: boolean;
}

/** On the buttons that show an e-mail and do nothing else: the uid of a date that it is about. */
export const EMAIL_PREVIEW_FIELD = 'preview';

/** The state of a form that decides on dates. */
export interface DateDecisionsFormState {
  problem:
    | 'ask_first'
    | 'busy'
    | 'cancels'
    | 'changed'
    | 'move_taken'
    | 'taken'
    | 'too_soon'
    | 'invalid'
    | 'not_found'
    | 'nothing'
    | 'over_caps'
    | null;
  dates: DateToDecideView[] | null;
  /** How many of the dates that were shown are no longer in the way. */
  missing: number;
  reason: string | null;
  reasonError: string | null;
  /** Dates for which the warning to ask somebody first was shown already; sending the form again confirms them. */
  acknowledged: DateNeedingTherapistApproval[];
  email: PreviewedEmail | null;
}

export const initialDateDecisionsFormState: DateDecisionsFormState = {
  problem: null,
  dates: null,
  missing: 0,
  reason: null,
  reasonError: null,
  acknowledged: [],
  email: null,
};

/** The dates whose warning was shown already, as the form carries them. */
export function readAcknowledgedDates(form: FormData): DateNeedingTherapistApproval[] {
  return readTextValues(form, 'meant').flatMap((value) => {
    const [, uid, therapistId] = /^([\w:-]{1,64})\.([\w:.-]{1,64})$/.exec(value) ?? [];
    return uid === undefined || therapistId === undefined ? [] : [{ uid, therapistId }];
  });
}

/** The moves beyond somebody’s caps whose limit the form has named. */
export function readSeenOverCaps(form: FormData): string[] {
  return readTextValues(form, 'beyond');
}

export function readDateDecisions(form: FormData): DateDecision[] {
  // Nothing was decided yet: the booked dates come back with all suggestions chosen.
  if (form.has(TAKE_ALL_DATE_SUGGESTIONS_FIELD)) return [];
  return readTextValues(form, 'seen').flatMap((value): DateDecision[] => {
    const [, uid, version] = /^([\w:-]{1,64})\.(\d{1,9})$/.exec(value) ?? [];
    if (uid === undefined) return [];
    const seen = { uid, version: Number(version) };
    const chosen = String(form.get(`date-${uid}`) ?? '');
    const [, startsAt, therapistId] = /^move\.(\d{1,15})\.([\w:.-]{1,64})$/.exec(chosen) ?? [];
    if (therapistId !== undefined) return [{ ...seen, choice: 'move', startsAt: Number(startsAt), therapistId }];
    return [{ ...seen, choice: chosen === 'cancel' ? 'cancel' : 'keep' }];
  });
}

/** The therapists whom these dates are with, and to whom they could go. */
export function listTherapistsOfDates(
  dates: Pick<DateWithReplacementTimes, 'therapistId' | 'therapist' | 'places'>[],
): { id: string; name: string }[] {
  return dates
    .flatMap((date) => [date, ...date.places])
    .map(({ therapistId, therapist }) => ({ id: therapistId, name: therapist }));
}

/**
 * `isDayShown`: the choices name the day, which the page names itself where all dates are on one day; `otherwise`: the
 * proposal where there is no other time; `form`: the decisions about the list that was shown.
 */
export function toDateToDecideViews(
  dates: DateWithReplacementTimes[],
  practice: { timeZone: string; locale: string; currency: string },
  {
    isMany,
    isDayShown,
    otherwise,
    form,
    asks = [],
    over = [],
  }: {
    isMany: boolean;
    isDayShown: boolean;
    otherwise: 'cancel' | 'keep';
    form?: FormData;
    asks?: DateNeedingTherapistApproval[];
    /** What was chosen beyond somebody’s caps; suggestions name theirs themselves. */
    over?: MoveOverCaps[];
  },
): DateToDecideView[] {
  const { timeZone, locale } = practice;
  const seen = new Map(form ? readDateDecisions(form).map(({ uid, version }) => [uid, version]) : []);
  const dayOf = (instant: number) => formatDay(toWallTime(timeZone, instant).on, 'short', locale);
  const isOneDay = isDayShown && new Set(dates.map(({ startsAt }) => dayOf(startsAt))).size === 1;
  const rivalOf = ({ uid }: DateWithReplacementTimes, chosen: string) =>
    dates.find((other) => other.uid !== uid && form?.get(`date-${other.uid}`) === chosen);
  const shortNames = makeShortNames(listTherapistsOfDates(dates));
  return dates.map((date) => {
    const { uid, version, startsAt, places, position, sessions } = date;
    const choices: ShownChoice[] = [
      ...places.map((place) => {
        const who = shortNames[place.therapistId];
        const time = formatTime(timeZone, place.startsAt, locale);
        const isSameDay = dayOf(place.startsAt) === dayOf(startsAt);
        const key = formatMoveOverCapsKey({ ...place, uid });
        const exceeds = over.find((move) => formatMoveOverCapsKey(move) === key)?.exceeds ?? place.exceeds;
        return {
          value: `move.${place.startsAt}.${place.therapistId}`,
          title: isSameDay ? `${time} with ${who}` : `${dayOf(place.startsAt)}, ${time}`,
          small: place.startsAt === startsAt ? 'same time' : isSameDay ? 'same day' : `with ${who}`,
          ...(exceeds && { warning: describeExceededCaps(exceeds, who ?? place.therapist) }),
        };
      }),
      { value: 'cancel', title: 'Cancel', small: 'no charge' },
      { value: 'keep', title: 'Leave it', small: 'nothing changes' },
    ];
    const nameOf = (id: string) => shortNames[id] ?? 'somebody else';
    const requested = form?.get(`date-${uid}`);
    const wasChosen = typeof requested === 'string' ? requested : null;
    // What takes somebody beyond their caps is never chosen for the practice.
    const suggestion = choices.find(({ value, warning }) => value.startsWith('move') && !warning);
    const isOffered = choices.some(({ value }) => value === wasChosen);
    const rival = isOffered && wasChosen?.startsWith('move.') ? rivalOf(date, wasChosen) : undefined;
    return {
      uid,
      version,
      name: date.clientName,
      phone: date.phone,
      phoneLink: date.phoneLink,
      when: `${isOneDay ? '' : `${dayOf(startsAt)}, `}${formatTime(timeZone, startsAt, locale)}`,
      what: `${date.service}${sessions > 1 ? `, ${position} of ${sessions}` : ''}${isMany ? `, with ${shortNames[date.therapistId]}` : ''}`,
      choices,
      chosen: isOffered ? wasChosen! : (suggestion?.value ?? otherwise),
      notes: [
        ...(form && !seen.has(uid) ? ['New since you looked.'] : []),
        ...(seen.has(uid) && seen.get(uid) !== version ? ['Changed since you looked.'] : []),
        ...(wasChosen !== null && !isOffered ? ['The time that was chosen is taken by now.'] : []),
        ...(rival ? [`You gave that time to ${rival.clientName} too. Choose another for one of them.`] : []),
        ...asks
          .filter((date) => date.uid === uid && isOffered && wasChosen?.endsWith(`.${date.therapistId}`))
          .map(({ therapistId }) => describeMoveWarning('ask_first', nameOf(therapistId))),
        ...(date.paidCents > 0 ? [describePaidDate(date.paidCents, practice)] : []),
        ...(date.hasEmail || !isMailEnabled() ? [] : ['No e-mail address: tell them yourself.']),
      ],
    };
  });
}

/** How many of the dates that were decided on are not among these. */
export function countDecidedDatesNotListed(dates: DateWithReplacementTimes[], form: FormData): number {
  return readDateDecisions(form).filter(({ uid }) => !dates.some((date) => date.uid === uid)).length;
}
