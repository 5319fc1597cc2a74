'use client';

import './globals.css';
import PageError from './error';

/** Replaces the layout when the layout itself failed. */
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
