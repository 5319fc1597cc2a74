import { formatNotHeld } from '@/app/book/booking-wording';
import { type FormHoldResult, formatDatesHeldUntil, holdDatesOfForm } from '@/app/book/dates/hold-dates-of-form';

/**
 * The result: held until then, not held (with the words that say so), lost (with the page that shows the dates), or null
 * where there is nothing to say.
 */
export type HoldAnswer =
  | { held: { until: number; leftMs: number; words: string } }
  | { notHeld: string }
  | { lost: string }
  | null;

/**
 * Holds the dates of a plan that skipped the page of its dates, once somebody begins to use its form. This is no server
 * action because server actions wait for one another, and a booking must never wait for this.
 */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => null);
  if (!form) return new Response('Send the form of the last step.\n', { status: 400 });
  const now = Date.now();
  const hold = await holdDatesOfForm(form, now);
  if (hold.state === 'busy')
    return new Response('The calendar is busy. Nothing is held.\n', {
      status: 503,
      headers: { 'Cache-Control': 'no-store', 'Retry-After': '5' },
    });
  return Response.json(toAnswer(hold, now), { headers: { 'Cache-Control': 'no-store' } });
}

function toAnswer(result: FormHoldResult, now: number): HoldAnswer {
  switch (result.state) {
    case 'held': {
      const { booking, hold, dates } = result;
      const words = formatDatesHeldUntil(booking, hold, dates);
      return { held: { until: hold.expiresAt, leftMs: hold.expiresAt - now, words } };
    }
    case 'too_much_held':
      return { notHeld: formatNotHeld(result.dates) };
    case 'lost':
      return { lost: result.href };
    default:
      return null;
  }
}
