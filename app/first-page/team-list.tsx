import { formatList, formatServiceNameInSentence } from '@/app/book/booking-wording';
import { TherapistCard } from '@/components/therapist-card';
import type { ActiveService } from '@/db/practice/services';
import type { BookableTherapist } from '@/db/practice/therapists';
import type { WeeklyHours } from '@/scheduling/availability';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import type { Weekday } from '@/scheduling/day';
import { formatWeekdays } from '@/scheduling/formatting';
import type { NextTimes } from './load-next-times';
import { formatNextTime } from './next-free-times';

interface Props {
  therapists: BookableTherapist[];
  services: ActiveService[];
  /** The current weekly hours, by therapist. */
  weeks: Map<string, WeeklyHours>;
  times: NextTimes;
  locale: string;
}

/** Every therapist: which massages they give, on which days, and when they are next free. */
export function TeamList({ therapists, services, weeks, times, locale }: Props) {
  return (
    <ul className="grid gap-x-10 gap-y-8 wide:grid-cols-2">
      {therapists.map((therapist) => {
        const offered = services.filter(({ id }) => therapist.services.includes(id));
        const days = daysOf(weeks.get(therapist.id));
        const next = times.byTherapist.get(therapist.id);
        return (
          <li key={therapist.id}>
            <TherapistCard {...therapist}>
              <p className="mt-1 text-small text-soft">
                {capitalizeFirstLetter(formatList(offered.map(({ name }) => formatServiceNameInSentence(name))))}
                {days.length > 0 && `, ${formatWeekdays(days, 'short')}`}.
              </p>
              {next && (
                <p className="text-small">
                  <a href={next.href} className="inline-flex min-h-11 items-center">
                    Next free: {formatNextTime(next, { today: times.today, locale })}
                  </a>
                </p>
              )}
            </TherapistCard>
          </li>
        );
      })}
    </ul>
  );
}

function daysOf(week: WeeklyHours = {}): Weekday[] {
  return Object.entries(week).flatMap(([weekday, hours]) => (hours.length > 0 ? [Number(weekday) as Weekday] : []));
}
