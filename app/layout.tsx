import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import type { ReactNode } from 'react';
import './globals.css';
import { baseUrl } from '@/site';

// next/font reads these options without running them, so they are literals, twice.
// Nothing is preloaded: on a slow line 170 KB of type ahead of the words made the page 2 s later than the fallback,
// which has the same measure, so that nothing moves when the type comes. The extended files come only when a name
// like Kovač asks for them.
const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--inter',
  preload: false,
  adjustFontFallback: 'Arial',
});
const interExtended = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  weight: '100 900',
  variable: '--inter-extended',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C4,U+2113,U+2C60-2C7F,U+A720-A7FF',
    },
  ],
});
const serif = localFont({
  src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2',
  weight: '200 900',
  variable: '--source-serif',
  preload: false,
  adjustFontFallback: 'Times New Roman',
});
const serifExtended = localFont({
  src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-opsz-normal.woff2',
  weight: '200 900',
  variable: '--source-serif-extended',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C4,U+2113,U+2C60-2C7F,U+A720-A7FF',
    },
  ],
});

export const metadata: Metadata = {
  metadataBase: new URL(baseUrl()),
  title: { default: 'Fortnight: massage at a time that stays yours', template: '%s · Fortnight' },
  description: 'Honest answers on what massage can do, and a standing time that holds for the whole series.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf7f2' },
    { media: '(prefers-color-scheme: dark)', color: '#151a17' },
  ],
};

const faces = [inter, interExtended, serif, serifExtended].map((face) => face.variable).join(' ');

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en-IE" className={faces}>
      <body>{children}</body>
    </html>
  );
}
