import { connection } from 'next/server';
import { getPractice } from '@/db/practice/practice';

/** The name and icon of the site when somebody puts it on the home screen of a phone. */
export async function GET(): Promise<Response> {
  await connection();
  const { name, markId } = await getPractice();
  const icons = [
    { src: '/icon.svg', type: 'image/svg+xml', sizes: 'any' },
    { src: '/icon-192.png', type: 'image/png', sizes: '192x192' },
    { src: '/icon-512.png', type: 'image/png', sizes: '512x512' },
  ];
  const manifest = {
    name,
    description: 'Honest answers on what massage can do, and a regular time for your whole series of sessions.',
    start_url: '/',
    display: 'browser',
    background_color: '#faf7f2',
    theme_color: '#faf7f2',
    icons: markId ? [{ src: `/pictures/${markId}`, sizes: 'any' }] : icons,
  };
  return Response.json(manifest, { headers: { 'Content-Type': 'application/manifest+json' } });
}
