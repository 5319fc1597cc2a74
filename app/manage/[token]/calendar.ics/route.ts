import { loadManagedSeries } from '@/app/manage/[token]/managed-series';
import { getLanguageOfLinkViewer } from '@/db/messages/reader-language';
import { toNotificationPractice } from '@/db/practice/practice';
import { buildDownloadableSeriesCalendar } from '@/mail/calendar-files';
import { baseUrl } from '@/site-address';

/** The whole series as a file for a calendar app, with the same events and UIDs as in the e-mails. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { viewer, practice, series, token, now } = await loadManagedSeries(params);
  const language = await getLanguageOfLinkViewer(viewer);
  const file = buildDownloadableSeriesCalendar(
    {
      kind: 'booked',
      audience: 'client',
      practice: { ...toNotificationPractice(practice), language },
      series: {
        uid: series.uid,
        cadence: series.cadence,
        sessions: series.sessions,
        clientName: series.client.name,
        ...(series.bookedBy !== null && { bookedBy: series.bookedBy }),
        cancelCutoffMinutes: practice.cancelCutoffMinutes,
        moveCutoffMinutes: practice.moveCutoffMinutes,
        hasCalendarAlarm: series.hasCalendarAlarm,
        appointments: series.appointments.map((appointment) => ({
          uid: appointment.uid,
          position: appointment.position,
          start: appointment.startsAt,
          end: appointment.endsAt,
          therapist: appointment.therapist.name,
          service: appointment.service.name,
          priceCents: appointment.priceCents,
          sequence: appointment.sequence,
          status: appointment.status === 'cancelled' ? 'cancelled' : 'booked',
        })),
      },
    },
    { now, manageUrl: `${baseUrl()}/manage/${token}` },
  );
  if (!file) return new Response('No date of this plan still stands.\n', { status: 404 });
  return new Response(file, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'Content-Disposition': 'attachment; filename="dates.ics"',
    },
  });
}
