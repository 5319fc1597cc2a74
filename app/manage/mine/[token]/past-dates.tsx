import { formatShortDay } from '@/app/manage/[token]/series-wording';
import { DateStateMark } from '@/components/date-state-mark';
import { Section } from '@/components/section';
import type { PlanOfEmail } from '@/db/people/plans-by-email-address';
import type { Practice } from '@/db/practice/practice';
import { extractFirstName } from '@/scheduling/name-formatting';

/** The newest past dates of all plans; the page of each plan has the others. */
const PAST_SHOWN = 12;

export interface RowsProps {
  practice: Practice;
  now: number;
  /** Whether to name the client, because several people share the e-mail address. */
  isNamed: boolean;
}

export function PastDates({ plans, practice, now, isNamed }: RowsProps & { plans: PlanOfEmail[] }) {
  const past = plans
    .flatMap(({ series }) => series.appointments.map((appointment) => ({ appointment, series })))
    .filter(({ appointment }) => appointment.startsAt <= now && appointment.status !== 'cancelled')
    .sort((a, b) => b.appointment.startsAt - a.appointment.startsAt)
    .slice(0, PAST_SHOWN);
  if (past.length === 0) return null;
  return (
    <Section title="Past dates" aside="The latest first.">
      <ul className="max-w-[50rem] border-t border-ink">
        {past.map(({ appointment, series }) => (
          <li
            key={appointment.uid}
            className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-line py-3"
          >
            <span className="min-w-0">
              <span className="font-serif text-item font-medium">{formatShortDay(appointment, practice)}</span>{' '}
              <span className="text-small text-soft">
                {appointment.service.name}, with {extractFirstName(appointment.therapist.name)}
                {isNamed && (
                  <>
                    , for <bdi>{series.client.name}</bdi>
                  </>
                )}
              </span>
            </span>
            {appointment.status === 'booked' ? (
              <span className="text-[0.9375rem] leading-5 font-medium text-soft">Past</span>
            ) : (
              <DateStateMark state={appointment.status} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
