import { bookingHref } from '@/app/book/booking-url';
import { requestOf } from '@/app/book/dates/date-rows';
import { holdFor, isLost, sayHeld } from '@/app/book/dates/hold-for';
import { paramsOfForm } from '@/app/book/form';
import { loadBooking } from '@/app/book/load';

/** What became of it: held until then, gone (and where it says what instead), or neither. */
export type HoldAnswer = { held: { until: number; leftMs: number; words: string } } | { lost: string } | null;

/**
 * Holds the dates of a plan that was chosen without a page of its own for them, as soon as its form is on the screen.
 * No server action: those wait for one another, and a booking must never wait for this.
 */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => null);
  if (!form) return new Response('Send the form of the last step.\n', { status: 400 });
  const now = Date.now();
  const booking = await loadBooking(paramsOfForm(form), now);
  const { choice, practice, again } = booking;
  const wanted = requestOf(choice, practice.timeZone);
  // What is held for days is not held anew for minutes.
  const held = again ? { ok: true as const, expiresAt: again.until } : await holdFor(choice.key, wanted, now);
  const answer: HoldAnswer = isLost(held)
    ? { lost: `${bookingHref(choice, 'dates')}&lost=1` }
    : held?.ok
      ? {
          held: {
            until: held.expiresAt,
            leftMs: held.expiresAt - now,
            words: sayHeld(booking, held.expiresAt, wanted.appointments.length),
          },
        }
      : null;
  return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } });
}
