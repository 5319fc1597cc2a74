import { randomUUID } from 'node:crypto';
import { Opening } from '@/components/opening';
import { sayMinutes } from '@/scheduling/words';
import { href } from './address';
import { BookForm } from './book-form';
import { NoSuchTime } from './dates-step';
import { type Booking, loadDates } from './load';
import { sayTotals } from './totals';
import { sayStanding } from './words';

export async function YouStep({ booking }: { booking: Booking }) {
  const { choice, practice, offer, names } = booking;
  const rows = await loadDates(booking);
  if (!rows || !choice.standing) return <NoSuchTime href={href(choice, 'time')} />;

  const totals = sayTotals(rows, choice.minutes, offer.services, practice);
  const plan = `${sayStanding(choice)} with ${names[choice.standing.therapistId]}, ${choice.minutes} minutes.`;
  return (
    <>
      <Opening
        title="Your name and e-mail"
        from={
          <>
            <b>{plan}</b> {totals.heading}, paid at {totals.count === 1 ? 'the visit' : 'each visit'}.{' '}
            <a href={href(choice, 'dates')}>See every date</a>
          </>
        }
      />
      <BookForm
        address={href({ ...choice, key: choice.key ?? randomUUID() }, 'you')}
        rows={rows}
        timeZone={practice.timeZone}
        practice={{ name: practice.name, phone: practice.phone }}
        links={{ dates: href(choice, 'dates'), time: href(choice, 'time') }}
        cutoffs={`Cancel free until ${sayMinutes(practice.cancelCutoffMinutes)} before, move until ${sayMinutes(practice.moveCutoffMinutes)} before.`}
      />
    </>
  );
}
