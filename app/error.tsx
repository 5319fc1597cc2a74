'use client';

import { Button } from '@/components/button';
import { Notice } from '@/components/notice';

/** Shown when a page failed to render. It does not load the practice, because the database may be the cause. */
export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main id="main" className="wide py-10 wide:py-18">
      <h1 className="mb-6">This page did not load</h1>
      <Notice tone="bad" title="Something went wrong on our side">
        <p>
          Dates that were booked stay booked, and nothing is booked twice. Try again. If it goes on, write or call, and
          give this number: {error.digest ?? 'none'}.
        </p>
      </Notice>
      <div className="mt-8 flex flex-wrap gap-3">
        <Button type="button" onClick={retry}>
          Try again
        </Button>
        <a href="/" className="inline-flex min-h-13 items-center px-2">
          Start page
        </a>
      </div>
    </main>
  );
}
