import { notFound } from 'next/navigation';
import { findAllPlansLink } from '@/db/access/all-plans-links';
import { exportDataWithoutHealth } from '@/db/people/export-data-without-health';

/** The data stored under an e-mail address, without health data, as a file. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const now = Date.now();
  const found = await findAllPlansLink(token, now);
  if (found?.state !== 'open') notFound();
  return new Response(`${JSON.stringify(await exportDataWithoutHealth(found.viewer, { now }), null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="my-data.json"',
      'Cache-Control': 'private, no-store',
    },
  });
}
