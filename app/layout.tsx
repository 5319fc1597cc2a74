import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import type { ReactNode } from 'react';
import './globals.css';
import { getPractice } from '@/db/practice/practice';
import { baseUrl } from '@/site-address';

// next/font reads these options without running them, so they are literals, written twice. scripts/fonts.mjs cuts the
// fonts to the characters that the pages use. Nothing is preloaded: on a slow connection, fonts that load before the
// text delay the page more than the stand-ins of globals.css do. Those have the same measurements, so nothing moves
// when the fonts arrive. A font family gets the name of its constant: one called "serif" would be taken for whatever
// font the computer uses as "serif". The extended files load only when a name like Kovač needs them.
const inter = localFont({
  src: './fonts/inter.woff2',
  weight: '400 600',
  variable: '--inter',
  preload: false,
  adjustFontFallback: false,
});
const interExtended = localFont({
  src: './fonts/inter-extended.woff2',
  weight: '400 600',
  variable: '--inter-extended',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value: 'U+0100-024F,U+1E00-1EFF',
    },
  ],
});
const sourceSerif = localFont({
  src: './fonts/source-serif-4.woff2',
  weight: '400 600',
  variable: '--source-serif',
  preload: false,
  adjustFontFallback: false,
});
const sourceSerifExtended = localFont({
  src: './fonts/source-serif-4-extended.woff2',
  weight: '400 600',
  variable: '--source-serif-extended',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value: 'U+0100-024F,U+1E00-1EFF',
    },
  ],
});

const ICONS = [
  { url: '/favicon.ico', sizes: '48x48' },
  { url: '/icon.svg', type: 'image/svg+xml', sizes: 'any' },
];

export async function generateMetadata(): Promise<Metadata> {
  const practice = await findPractice();
  const name = practice?.name ?? 'Fortnight';
  return {
    metadataBase: new URL(baseUrl()),
    title: { default: `${name}: book the same massage time every week`, template: `%s · ${name}` },
    description: 'Honest answers on what massage can do, and a regular time for your whole series of sessions.',
    icons: {
      icon: practice?.markId ? [{ url: `/pictures/${practice.markId}` }] : ICONS,
      apple: practice?.markId ? `/pictures/${practice.markId}` : '/apple-touch-icon.png',
    },
    manifest: '/manifest.webmanifest',
  };
}

/** Null while the site is built and before there is a practice; a page that cannot be drawn says so itself. */
async function findPractice() {
  if (process.env.NEXT_PHASE === 'phase-production-build') return null;
  return getPractice().catch(() => null);
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf7f2' },
    { media: '(prefers-color-scheme: dark)', color: '#151a17' },
  ],
};

const faces = [inter, interExtended, sourceSerif, sourceSerifExtended].map((face) => face.variable).join(' ');

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en-IE" className={faces}>
      <body>{children}</body>
    </html>
  );
}
