import { formatDatesHeldUntil, holdDatesOfForm } from '@/app/book/dates/hold-dates-of-form';

/** The result: held until then, lost (with the page that shows the dates), or null for neither. */
export type HoldAnswer = { held: { until: number; leftMs: number; words: string } } | { lost: string } | null;

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
  const answer: HoldAnswer =
    hold.state === 'held'
      ? {
          held: {
            until: hold.until,
            leftMs: hold.until - now,
            words: formatDatesHeldUntil(hold.booking, hold.until, hold.dates),
          },
        }
      : hold.state === 'lost'
        ? { lost: hold.href }
        : null;
  return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } });
}
