'use client';

import { useEffect, useState } from 'react';
import { BookingSummary, type SummaryPractice } from '@/app/book/dates/booking-summary';
import type { computeBookingTotals } from '@/app/book/dates/booking-totals';
import { Button } from '@/components/button';
import { formatAllOf } from '@/scheduling/count-wording';
import { onDatesLost } from './booking-events';

interface WhatYouBookProps {
  totals: ReturnType<typeof computeBookingTotals>;
  practice: SummaryPractice;
  houseRules: string;
  now: number;
  isSeries: boolean;
  isSending: boolean;
  /** Counts the answers of the form, which say themselves what is still free. */
  answer: number;
}

/** The totals and the button: beside the form where there is room, otherwise in a bar that stays in view. */
export function SummaryAndBookButton({
  totals,
  practice,
  houseRules,
  now,
  isSeries,
  isSending,
  answer,
}: WhatYouBookProps) {
  const [lost, setLost] = useState<{ href: string; since: number } | null>(null);
  useEffect(() => onDatesLost(document, (href) => setLost({ href, since: answer })), [answer]);
  const isLost = lost !== null && lost.since === answer && !isSending;
  return (
    <section
      aria-label="What you book"
      className="contents wide:sticky wide:top-6 wide:mb-14 wide:flex wide:flex-col wide:gap-4 wide:self-start wide:rounded wide:bg-sand wide:p-6 dark:wide:[--line:#3a423d]"
    >
      <div className="border-t border-line py-6 wide:border-0 wide:py-0">
        <BookingSummary
          {...{ totals, practice, houseRules, now }}
          isSeries={isSeries}
          className="mid:*:grid-cols-[6rem_minmax(0,1fr)]!"
        />
      </div>
      <div className="booking-bar -mx-(--gutter) flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-ink bg-sheet px-(--gutter) py-2.5 wide:contents print:hidden">
        <h2
          aria-live="polite"
          className="min-w-0 flex-[1_0_6rem] font-serif text-item font-normal wide:order-first wide:flex-none wide:text-[1.625rem] wide:leading-8"
        >
          {totals.count > 0 ? totals.heading : 'Nothing chosen'}
        </h2>
        <p role="status" className={isLost ? 'flex-[1_0_100%] text-small' : 'sr-only'}>
          {isLost && (
            <>
              {isSeries ? 'One or more of these dates are no longer free.' : 'This date is no longer free.'}{' '}
              <a href={lost.href}>{isSeries ? 'See which, and change them' : 'Choose another time'}</a>. What you typed
              stays.
            </>
          )}
        </p>
        {totals.count > 0 && (
          <div className="flex-auto narrow:flex-none">
            <Button className="w-full" aria-disabled={isSending || undefined}>
              {isSending ? 'Booking…' : formatButtonLabel(totals.count)}
            </Button>
            <p role="status" className="sr-only">
              {isSending ? 'Booking…' : ''}
            </p>
          </div>
        )}
      </div>
    </section>
  );
}

function formatButtonLabel(count: number): string {
  return count === 1 ? 'Book it' : `Book ${formatAllOf(count)}`;
}
