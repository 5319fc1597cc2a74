'use client';

import { useRef } from 'react';
import type { OfferedService } from '@/app/book/booking-choice';
import { formatHeldSentenceStart } from '@/app/book/booking-wording';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Section } from '@/components/section';
import { BookingSummary, type SummaryPractice } from './booking-summary';
import { computeBookingTotals } from './booking-totals';
import type { DateRow } from './date-rows';
import { useChosenRepairs } from './use-chosen-repairs';

interface BookingTotalProps {
  rows: DateRow[];
  minutes: number;
  services: OfferedService[];
  practice: SummaryPractice;
  houseRules: string;
  /** How many dates can be held while the reader gives their details. */
  heldDates: number;
  /** The dates are already held, for longer; the page says so above. */
  isHeld: boolean;
  now: number;
  timesHref: string;
}

/**
 * The totals of the dates, and the button that holds them. The totals follow the repairs chosen in the surrounding
 * form; without script they are those of the repairs offered first.
 */
export function BookingTotalSection({
  rows,
  minutes,
  services,
  practice,
  houseRules,
  heldDates,
  isHeld,
  now,
  timesHref,
}: BookingTotalProps) {
  const own = useRef<HTMLDivElement>(null);
  const chosen = useChosenRepairs(own, rows, { isInAddress: true });
  const totals = computeBookingTotals(chosen, minutes, services, practice);
  return (
    <div ref={own}>
      {totals.lastOn ? (
        <>
          <Section title="Total">
            <div className="max-w-[50rem]">
              <p aria-live="polite" className="mb-4 font-serif text-[1.75rem] leading-[2.125rem] tracking-[-0.01em]">
                {totals.heading}
              </p>
              <BookingSummary {...{ totals, practice, houseRules, now }} isSeries={rows.length > 1} />
            </div>
          </Section>
          <Section title={<span className="sr-only">Next</span>}>
            <Button broad>
              {totals.count === 1 ? 'Continue with this date' : `Continue with these ${totals.count} dates`}
            </Button>
            <p className="mt-3 text-small text-soft">
              Next: your name and e-mail.{' '}
              {!isHeld &&
                `${formatHeldSentenceStart(totals.count, heldDates)} held for you ${practice.holdMinutes} minutes.`}
            </p>
          </Section>
        </>
      ) : (
        <div className="border-t border-line py-10">
          <Notice tone="quiet" title="You have skipped every date" live>
            Change one of them above, or <a href={timesHref}>choose another time</a>.
          </Notice>
        </div>
      )}
    </div>
  );
}
