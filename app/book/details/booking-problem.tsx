import type { ReactNode } from 'react';
import type { DateRow } from '@/app/book/dates/date-rows';
import { TakenDatesNotice } from '@/app/book/dates/taken-dates-notice';
import { Notice } from '@/components/notice';
import type { BookFormState } from './book-form-state';

interface BookingProblemProps {
  problem: BookFormState['problem'];
  /** How long to wait, for `too_many`. */
  wait: string | undefined;
  rows: DateRow[];
  /** How to reach the practice, as part of a sentence: 'call us on 01 555 0100'. */
  contact: string;
  links: { dates: string; time: string; massage: string };
}

/**
 * Why nothing was booked, and what to do next. The state of single dates is described only where there is no other
 * reason.
 */
export function BookingProblem({ problem, wait, rows, contact, links }: BookingProblemProps): ReactNode {
  const clashes = rows.filter((row) => row.state === 'clash');
  const isStuck = rows.length === 1 && clashes[0]?.options.length === 0;
  const format = (title: string, text: ReactNode, link?: { href: string; label: string }) => (
    <div className="pb-8">
      <Notice tone="bad" id="answer" title={title} live>
        <p>{text}</p>
        {link && <a href={link.href}>{link.label}</a>}
      </Notice>
    </div>
  );
  switch (problem) {
    case 'busy':
      return format('We could not reach the calendar', `Nothing was booked. Try again, or ${contact}.`);
    case 'too_many':
      return format(
        'That was a lot of bookings at once',
        `Nothing was booked. Try again in ${wait ?? 'a minute'}, or ${contact}.`,
      );
    case 'many_wait':
      return format(
        'Many bookings from your connection wait already',
        `Nothing was booked. They wait to be confirmed, and no more can be asked for today. Please ${contact}.`,
      );
    case 'booked_already':
      return format(
        'This plan is booked already',
        `You got the link to its dates when it was booked. If you no longer have it, ${contact}.`,
        {
          href: links.time,
          label: 'Book another time',
        },
      );
    case 'massage_not_offered':
      return format(
        'This massage, or this length of it, is not offered online any more',
        'Nothing was booked, and nothing you typed is lost.',
        { href: links.massage, label: 'Choose another massage' },
      );
    case 'therapist_not_offered':
      return format(
        'This massage is not offered with that therapist',
        'Nothing was booked, and nothing you typed is lost.',
        { href: links.time, label: 'Choose another time' },
      );
    case 'left_out':
      return format(
        'This choice is not open to you online',
        `Nothing was booked. To book it, ${contact}. What is open to you is on the page of times.`,
        { href: links.time, label: 'Choose another time' },
      );
    case 'not_possible':
      return format('One of these dates cannot be booked any more', 'Nothing was booked.', {
        href: links.dates,
        label: 'Look at your dates again',
      });
    default:
  }
  return (
    <TakenDatesNotice
      rows={rows}
      rest={`Nothing was booked yet, and nothing you typed is lost.${isStuck ? '' : ' Choose another time below and book again.'}`}
      link={
        (clashes.length > 1 || isStuck) && {
          href: links.time,
          label: isStuck ? 'Choose another time' : 'Or look at the times again',
        }
      }
    />
  );
}
