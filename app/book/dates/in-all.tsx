'use client';

import { useEffect, useRef, useState } from 'react';
import type { OfferedService } from '@/app/book/booking-url';
import type { Money } from '@/app/book/wording';
import { Button } from '@/components/button';
import { Fact, Facts } from '@/components/facts';
import { Notice } from '@/components/notice';
import { Section } from '@/components/section';
import { sayCount, sayDay, sayMinutes } from '@/scheduling/wording';
import type { DateRow } from './dates';
import { sayTooClose, sayTotals } from './totals';

interface InAllProps {
  rows: DateRow[];
  minutes: number;
  services: OfferedService[];
  practice: Money & {
    timeZone: string;
    cancelCutoffMinutes: number;
    moveCutoffMinutes: number;
    holdMinutes: number;
    name: string;
    phone: string;
  };
  houseRules: string;
  /** How many dates are held while the reader says who they are. */
  heldDates: number;
  /** They are held already, for longer: it is said above. */
  isHeld: boolean;
  now: number;
  timesHref: string;
}

/**
 * What the dates come to, and the button that keeps them. It follows the repairs that are chosen in the form around it;
 * without script it says what those come to that are offered first.
 */
export function InAll({
  rows,
  minutes,
  services,
  practice,
  houseRules,
  heldDates,
  isHeld,
  now,
  timesHref,
}: InAllProps) {
  const own = useRef<HTMLDivElement>(null);
  const [picks, setPicks] = useState<Record<number, string>>({});

  useEffect(() => {
    const form = own.current?.closest('form');
    if (!form) return;
    const read = () => setPicks(readPicks(form, rows));
    const choose = () => {
      read();
      keepInAddress(rows, readPicks(form, rows));
    };
    restoreFromAddress(form, rows);
    read(); // one may have been chosen before this script was there
    form.addEventListener('change', choose);
    return () => form.removeEventListener('change', choose);
  }, [rows]);

  const chosen = rows.map((row) => ({ ...row, pick: picks[row.position] ?? row.pick }));
  const totals = sayTotals(chosen, minutes, services, practice);
  return (
    <div ref={own}>
      {totals.lastOn ? (
        <>
          <Section title="Total">
            <div className="max-w-[50rem]">
              <p aria-live="polite" className="mb-4 font-serif text-[1.75rem] leading-[2.125rem] tracking-[-0.01em]">
                {totals.heading}
              </p>
              <Facts>
                <Fact label="Price">{totals.price}</Fact>
                <Fact label="Time">{totals.time}</Fact>
                <Fact label={totals.count === 1 ? 'Date' : 'Last date'}>
                  {sayDay(totals.lastOn, 'full', practice.locale)}
                </Fact>
                <Fact label="If plans change">
                  Cancel free until {sayMinutes(practice.cancelCutoffMinutes)} before. Move until{' '}
                  {sayMinutes(practice.moveCutoffMinutes)} before.
                  {rows.length > 1 && ' You can stop after any session.'} {sayTooClose(totals, practice, now)}{' '}
                  {houseRules}
                </Fact>
              </Facts>
            </div>
          </Section>
          <Section title={<span className="sr-only">Next</span>}>
            <Button broad>
              {totals.count === 1 ? 'Continue with this date' : `Continue with these ${totals.count} dates`}
            </Button>
            <p className="mt-3 text-small text-soft">
              Next: your name and e-mail.{' '}
              {!isHeld && `${sayHeld(totals.count, heldDates)} held for you ${practice.holdMinutes} minutes.`}
            </p>
          </Section>
        </>
      ) : (
        <div className="border-t border-line py-10">
          <Notice tone="quiet" title="No date is left to book">
            <a href={timesHref}>Choose another time</a>
          </Notice>
        </div>
      )}
    </div>
  );
}

function readPicks(form: HTMLFormElement, rows: DateRow[]): Record<number, string> {
  const fields = new FormData(form);
  return Object.fromEntries(
    rows.flatMap(({ position }) => {
      const pick = fields.get(`d${position}`);
      return typeof pick === 'string' ? [[position, pick]] : [];
    }),
  );
}

/** The browser's way back draws the page as it was first sent: what was chosen since stands in its address. */
function restoreFromAddress(form: HTMLFormElement, rows: DateRow[]): void {
  const params = new URL(window.location.href).searchParams;
  for (const { position } of rows.filter(({ state }) => state === 'clash' || state === 'free')) {
    const choices = form.querySelectorAll<HTMLInputElement>(`input:not([type=hidden])[name=d${position}]`);
    const chosen = [...choices].find(({ value }) => value === params.get(`d${position}`));
    if (chosen) chosen.checked = true;
  }
}

/** A reload, or the way back to this page, finds what was chosen. */
function keepInAddress(rows: DateRow[], picks: Record<number, string>): void {
  const url = new URL(window.location.href);
  for (const { position } of rows) {
    const pick = picks[position];
    if (pick) url.searchParams.set(`d${position}`, pick);
    else url.searchParams.delete(`d${position}`);
  }
  url.searchParams.delete('lost');
  window.history.replaceState(window.history.state, '', url.search.replace(/%(2C|3A|40)/g, decodeURIComponent));
}

function sayHeld(dates: number, heldDates: number): string {
  if (dates === 1) return 'It is';
  return dates > heldDates ? `The first ${sayCount(heldDates)} are` : 'They are';
}
