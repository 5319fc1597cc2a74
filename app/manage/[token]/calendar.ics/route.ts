import { loadManaged } from '@/app/manage/[token]/load';
import { publishedCalendar } from '@/mail/calendar';

/** The whole series as a file for a calendar app: the same events, by the same UIDs, as the mails carry. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { practice, series, now } = await loadManaged(params);
  const file = publishedCalendar(
    {
      kind: 'booked',
      audience: 'client',
      practice,
      series: {
        uid: series.uid,
        cadence: series.cadence,
        sessions: series.sessions,
        clientName: series.client.name,
        cancelCutoffMinutes: practice.cancelCutoffMinutes,
        moveCutoffMinutes: practice.moveCutoffMinutes,
        appointments: series.appointments.map((one) => ({
          uid: one.uid,
          position: one.position,
          start: one.startsAt,
          end: one.endsAt,
          therapist: one.therapist.name,
          service: one.service.name,
          priceCents: one.priceCents,
          sequence: one.sequence,
          status: one.status === 'cancelled' ? 'cancelled' : 'booked',
        })),
      },
    },
    now,
  );
  if (!file) return new Response('No date of this plan still stands.\n', { status: 404 });
  return new Response(file, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'Content-Disposition': 'attachment; filename="fortnight.ics"',
    },
  });
}
