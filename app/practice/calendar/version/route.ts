import { requireRole } from '@/auth';
import { getCalendarVersion } from '@/db/appointments/calendar-version';
import { isDayWithinSupportedYears, mondayOf } from '@/scheduling/day';

/** One number that changes with the week: `?on=2026-12-01`. Every open calendar polls it. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await requireRole('staff');
  const on = new URL(request.url).searchParams.get('on');
  const headers = { 'Cache-Control': 'no-store' };
  if (!isDayWithinSupportedYears(on)) return Response.json({ version: 0 }, { status: 400, headers });
  return Response.json({ version: await getCalendarVersion(viewer, mondayOf(on)) }, { headers });
}
