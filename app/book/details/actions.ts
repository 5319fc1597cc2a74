'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { type BookingContext, buildBookingDateRows, loadBookingContext } from '@/app/book/booking-context';
import { readBookingParamsFromForm, readReplacementsFromForm } from '@/app/book/booking-form-data';
import { bookingHref } from '@/app/book/booking-url';
import { extendBrowserIdCookie, makePlanKey } from '@/app/book/browser-id-and-plan-key';
import { buildBookingRequest, listDatesBeforeRepairs } from '@/app/book/dates/build-booking-request';
import { type DateRow, shownDateRowSchema } from '@/app/book/dates/date-rows';
import { parseReplacement, parseTherapistsParam, type QueryParams } from '@/app/book/query-params';
import { filterTherapistsGivingAll, getSecondPlan } from '@/app/book/side-by-side';
import { getClientIp } from '@/app/client-ip';
import { answerCountSchema, parseFormState, requireFormData } from '@/app/form-data';
import { formatWait } from '@/app/format-wait';
import { bookedPageHref } from '@/app/manage/booked-page-href';
import type { ClashWithAlternatives } from '@/db/availability/find-conflict-alternatives';
import { bookSeries } from '@/db/booking/book-series';
import { browserWideHoldKey } from '@/db/claims/hold-names';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { isAllowedTherapist } from '@/scheduling/availability';
import type { BookFormState } from './book-form-state';
import { readClientDetails } from './read-client-details';

export async function submitBooking(before: BookFormState, form: FormData): Promise<BookFormState> {
  const now = Date.now();
  const params = readBookingParamsFromForm(requireFormData(form));
  const { values, errors, details } = readClientDetails(form, params.people === '2');
  const previous = parseFormState(answerCountSchema.extend({ rows: z.array(shownDateRowSchema).nullable() }), before);
  const answer = (problem: BookFormState['problem'], rows: DateRow[] | null = previous.rows): BookFormState => ({
    values,
    errors,
    problem,
    waits: null,
    rows,
    picks: Object.fromEntries(readReplacementsFromForm(form).map(([name, pick]) => [name.slice(1), pick])),
    answer: previous.answer + 1,
  });
  try {
    const booking = await loadBookingContext(params, now);
    const { choice, practice } = booking;
    const refused = findRefusal(booking, params);
    if (refused || !choice.key) return answer(refused ?? 'not_possible');
    if (!details) return answer(null);
    const { standing, beside, ...bookingRequest } = buildBookingRequest(choice, practice.timeZone);
    const sender = getClientIp(await headers());
    const allowed = await consumeRateLimit('bookings', sender);
    if (!allowed.ok) return { ...answer('too_many'), wait: formatWait(allowed.retryAfterSeconds) };
    const browser = await extendBrowserIdCookie();
    const planKey = makePlanKey(choice.key, browser);
    const { consent: _, signs: __, note, score, bookedBy, besideName, ...client } = details;
    const request = {
      ...bookingRequest,
      ...(standing ? { standing } : {}),
      client,
      ...(bookedBy !== undefined ? { bookedBy } : {}),
      ...(beside && besideName !== undefined ? { beside: { ...beside, name: besideName } } : {}),
      ...(note ? { note } : {}),
      consent: 'page' as const,
      ...(choice.from ? { questionSlug: choice.from } : {}),
      ...(choice.from && score !== undefined ? { startScore: score } : {}),
      idempotencyKey: planKey,
    };
    const page = bookingHref({ ...choice, key: null, again: null }, 'dates');
    const tryWith = (heldBy: string) => bookSeries({ role: 'reader' }, request, { now, heldBy, sender, page });
    let result = await tryWith(booking.again?.key ?? planKey);
    // Another tab of this browser may hold these dates under its own key.
    if (!result.ok && result.reason === 'taken' && !booking.again) result = await tryWith(browserWideHoldKey(browser));
    if (!result.ok) {
      if (result.reason === 'taken') return answer('taken', rowsAfterRace(booking, result.clashes));
      if (result.reason === 'to_confirm' || result.reason === 'to_approve')
        return { ...answer(null), waits: { reason: result.reason, until: result.until } };
      if (result.reason === 'too_many') return answer('many_wait');
      const issueOf = (field: string) =>
        result.reason === 'invalid' ? result.issues.find(({ path }) => path.join('.') === field) : undefined;
      const [phone, email, otherName] = ['client.phone', 'client.email', 'beside.name'].map(issueOf);
      if (otherName) return { ...answer(null), errors: { otherName: otherName.message } };
      if (phone) return { ...answer(null), errors: { phone: phone.message } };
      if (email) return { ...answer(null), errors: { email: email.message } };
      return answer(result.reason === 'idempotency_mismatch' ? 'booked_already' : 'not_possible');
    }
    // `redirect` works by throwing, and what it throws is no failure: it must leave this function.
    return redirect(bookedPageHref(result.manageToken, result.beside?.manageToken));
  } catch (error) {
    if (isDatabaseBusy(error)) return answer('busy');
    throw error;
  }
}

/**
 * Why the booking would differ from what the form asks for: since the form was opened the practice may have changed, or
 * the limits from the client's health answers, and a client must not get a massage, length or therapist that they did
 * not choose. Null if it would not differ.
 */
function findRefusal({ choice, offer, isLimited }: BookingContext, params: QueryParams): BookFormState['problem'] {
  if (params.type === undefined) return 'not_possible';
  const isOffered =
    params.type === choice.serviceId &&
    (params.minutes === undefined || params.minutes === String(choice.minutes)) &&
    (typeof params.ladder !== 'string' || params.ladder.split(',').every((id) => choice.ladder.includes(id))) &&
    (params.other === undefined || getSecondPlan(choice).ladder.every((id) => id === params.other)) &&
    (params.otherMinutes === undefined || params.otherMinutes === String(getSecondPlan(choice).minutes));
  if (!isOffered) return isLimited ? 'left_out' : 'massage_not_offered';
  const isGiver = (ladder: string[], id: string) =>
    filterTherapistsGivingAll(ladder, offer).some((giver) => giver.id === id);
  const areGivers = ({ therapistId, besideId }: ReturnType<typeof parseTherapistsParam>) =>
    isGiver(choice.ladder, therapistId) && (besideId === undefined || isGiver(getSecondPlan(choice).ladder, besideId));
  // A date that was moved to another therapist must not be booked at its original time instead.
  const requested = Array.from({ length: choice.sessions }, (_, at) => parseReplacement(params[`d${at + 1}`]));
  const isWithGivers = requested.every(
    (pick, at) => pick?.kind !== 'move' || (at + 1 in choice.picks && areGivers(pick)),
  );
  if ((params.with !== undefined && !areGivers(parseTherapistsParam(`${params.with}`))) || !isWithGivers)
    return isLimited ? 'left_out' : 'therapist_not_offered';
  return choice.standing ? null : 'not_possible';
}

/** The dates as the reader chose them, repairs included: a clash is named by the time that was lost. */
function rowsAfterRace(booking: BookingContext, clashes: ClashWithAlternatives[]): DateRow[] {
  const { choice, practice } = booking;
  const clashing = new Map(clashes.map((clash) => [clash.position, clash]));
  const planned = listDatesBeforeRepairs(choice, practice.timeZone).map((date) => {
    const { startsAt, therapistId, besideId } = clashing.get(date.position) ?? date;
    return { ...date, startsAt, endsAt: startsAt + choice.minutes * 60_000, therapistId, besideId };
  });
  const picks = Object.fromEntries(
    Object.entries(choice.picks).filter(([position]) => !clashing.has(Number(position))),
  );
  const troubles = clashes.map((clash) => ({
    ...clash,
    alternatives: clash.alternatives.filter(
      ({ therapistId, besideId = therapistId }) =>
        isAllowedTherapist(booking.among, therapistId) && isAllowedTherapist(booking.among, besideId),
    ),
  }));
  return buildBookingDateRows(booking, { planned, troubles, picks, refused: new Set() });
}
