import { requireRole } from '@/auth';
import { findCallers } from '@/db/people/find-callers';
import { getPractice } from '@/db/practice/practice';
import { toCallerOption } from './caller-option';

/** Finds clients by a few letters, for staff who book at the desk: `?q=an`. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await requireRole('staff');
  const query = new URL(request.url).searchParams.get('q') ?? '';
  const now = Date.now();
  const { timeZone } = await getPractice();
  const found = await findCallers(viewer, query, { now });
  return Response.json(
    { callers: found.map((caller) => toCallerOption(caller, { timeZone, now })) },
    { headers: { 'Cache-Control': 'no-store' } },
  );
}
