import { getPicture } from '@/db/practice/pictures';

/** A picture. Its id is the hash of its bytes, so it never changes. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const found = await getPicture((await params).id);
  if (!found) return new Response('There is no such picture.', { status: 404 });
  return new Response(new Uint8Array(found.bytes), {
    headers: { 'Content-Type': found.type, 'Cache-Control': 'public, max-age=31536000, immutable' },
  });
}
