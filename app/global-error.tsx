'use client';

import './globals.css';
import PageError from './error';

/** The layout itself broke, so this stands in for it. */
export default function GlobalError(props: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en-IE">
      <body>
        <title>This page did not load</title>
        <PageError {...props} />
      </body>
    </html>
  );
}
