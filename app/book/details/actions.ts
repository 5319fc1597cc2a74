'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { type BookingChoice, bookingHref, type Params, parseReplacement } from '@/app/book/booking-url';
import { bookingDates, type DateRow, dateRow, requestOf } from '@/app/book/dates/date-rows';
import { paramsOfForm, replacementsOf } from '@/app/book/form';
import { type Booking, bookingDateRowsOf, loadBooking } from '@/app/book/load';
import { planKeyOf, renewBrowserId } from '@/app/book/plan-key';
import { clientIp } from '@/app/client-ip';
import { answeredState, readForm, readState } from '@/app/form-data';
import type { Clash } from '@/db/availability/conflict';
import { bookSeries } from '@/db/booking/book-series';
import { isBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import type { BookState } from './form-values';
import { readDetails } from './read-details';

export async function book(before: BookState, form: FormData): Promise<BookState> {
  const now = Date.now();
  const { typed, errors, details } = readDetails(readForm(form));
  const told = readState(answeredState.extend({ rows: z.array(dateRow).nullable() }), before);
  const params = paramsOfForm(form);
  const answer = (problem: BookState['problem'], rows: DateRow[] | null = told.rows): BookState => ({
    typed,
    errors,
    problem,
    waits: null,
    rows,
    picks: Object.fromEntries(replacementsOf(form).map(([name, pick]) => [name.slice(1), pick])),
    answer: told.answer + 1,
  });
  try {
    const booking = await loadBooking(params, now);
    const { choice, practice } = booking;
    if (!choice.standing || !choice.key) return answer('not_possible');
    // The form may have been opened before its choices were left out: another massage is not what they chose.
    if (booking.isLimited && !isAsked(params, choice)) return answer('not_possible');
    if (!hasEveryRepair(params, choice)) return answer('not_possible');
    if (!details) return answer(null);
    const { standing, ...wanted } = requestOf(choice, practice.timeZone);
    const sender = clientIp(await headers());
    const allowed = await consumeRateLimit('bookings', sender);
    if (!allowed.ok) return answer('too_many');
    const planKey = planKeyOf(choice.key, await renewBrowserId());
    const { consent: _, signs: __, note, score, ...client } = details;
    const result = await bookSeries(
      { role: 'reader' },
      {
        ...wanted,
        ...(standing ? { standing } : {}),
        client,
        ...(note ? { note } : {}),
        consent: 'page',
        ...(choice.from ? { questionSlug: choice.from } : {}),
        ...(choice.from && score !== undefined ? { startScore: score } : {}),
        idempotencyKey: planKey,
      },
      {
        ...{ now, heldBy: booking.again?.key ?? planKey, sender },
        page: bookingHref({ ...choice, key: null, again: null }, 'dates'),
      },
    );
    if (!result.ok) {
      if (result.reason === 'taken') return answer('taken', rowsAfterRace(booking, result.clashes));
      if (result.reason === 'to_confirm' || result.reason === 'to_approve')
        return { ...answer(null), waits: { reason: result.reason, until: result.until } };
      if (result.reason === 'too_many') return answer('many_wait');
      const ofClient = (field: string) =>
        result.reason === 'invalid'
          ? result.issues.find(({ path }) => path.join('.') === `client.${field}`)
          : undefined;
      const [phone, email] = [ofClient('phone'), ofClient('email')];
      if (phone) return { ...answer(null), errors: { phone: phone.message } };
      if (email) return { ...answer(null), errors: { email: email.message } };
      return answer(result.reason === 'idempotency_mismatch' ? 'booked_already' : 'not_possible');
    }
    // `redirect` throws, and what it throws is not a failure: it must leave this function.
    return redirect(`/manage/${result.manageToken}/booked`);
  } catch (error) {
    if (isBusy(error)) return answer('busy');
    throw error;
  }
}

/** Whether this choice is what the form asked for, and nothing in the place of it. */
function isAsked(params: Params, { serviceId, ladder, standing }: BookingChoice): boolean {
  const listed = typeof params.ladder === 'string' ? params.ladder.split(',') : [];
  return (
    params.type === serviceId && listed.every((id) => ladder.includes(id)) && params.with === standing?.therapistId
  );
}

/** A date that was moved to somebody who is not offered any more must not be booked at its first time instead. */
function hasEveryRepair(params: Params, { picks, sessions }: BookingChoice): boolean {
  return Array.from({ length: sessions }, (_, at) => at + 1).every(
    (position) => position in picks || !parseReplacement(params[`d${position}`]),
  );
}

/** The dates as the reader had them, repairs included: what was lost is named by the time that was lost. */
function rowsAfterRace(booking: Booking, clashes: Clash[]): DateRow[] {
  const { choice, practice } = booking;
  const lost = new Map(clashes.map((clash) => [clash.position, clash]));
  const planned = bookingDates(choice, practice.timeZone).map((date) => {
    const { startsAt, therapistId } = lost.get(date.position) ?? date;
    return { ...date, startsAt, endsAt: startsAt + choice.minutes * 60_000, therapistId };
  });
  const picks = Object.fromEntries(Object.entries(choice.picks).filter(([position]) => !lost.has(Number(position))));
  const troubles = clashes.map((clash) => ({
    ...clash,
    alternatives: clash.alternatives.filter(({ therapistId }) => booking.among?.includes(therapistId) ?? true),
  }));
  return bookingDateRowsOf(booking, { planned, troubles, picks, refused: new Set() });
}
