import { notFound } from 'next/navigation';
import { requireRole } from '@/auth';
import { exportClient } from '@/db/people/client-data-requests';

/** All the data kept about a client, as a file to give to them. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const viewer = await requireRole('owner');
  const { id } = await params;
  const data = await exportClient(viewer, id, Date.now());
  if (!data) notFound();
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="client-data.json"',
      'Cache-Control': 'private, no-store',
    },
  });
}
