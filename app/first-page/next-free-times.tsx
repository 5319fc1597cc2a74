import type { ReactNode } from 'react';
import { formatList, formatServiceNameInSentence, getServicePriceCents } from '@/app/book/booking-wording';
import { ButtonLink } from '@/components/button';
import type { Practice } from '@/db/practice/practice';
import type { ActiveService } from '@/db/practice/services';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { addDays } from '@/scheduling/day';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay, formatWallTime, formatWeekdayPlural } from '@/scheduling/formatting';
import type { NextTime, NextTimes } from './load-next-times';

interface Props {
  times: NextTimes;
  services: ActiveService[];
  practice: Practice;
}

/** The times that can be booked next; one press on a time leads to the form. */
export function NextFreeTimes({ times, services, practice }: Props) {
  const { today, soonest, regular, names, minutes } = times;
  const { locale } = practice;
  const [first, ...laterTimes] = soonest;
  if (!first) return null;
  const format = (time: NextTime) => formatNextTime(time, { today, locale });
  return (
    <section aria-labelledby="next-free-heading" className="border-t-2 border-ink pt-4">
      <h2 id="next-free-heading" className="font-sans text-small font-medium text-soft">
        Next free, {minutes} minutes
      </h2>
      <p className="mt-1 font-serif text-[1.75rem] leading-9">{capitalizeFirstLetter(format(first))}</p>
      <p className="mt-1 text-small text-soft">
        with {names[first.therapistId]}, {describeMassages(first, { services, minutes, practice })}
      </p>
      <ButtonLink href={first.href} kind="plain" className="mt-4 w-full">
        Book {format(first)}
      </ButtonLink>
      <ul className="mt-4 border-t border-line">
        {laterTimes.map((time) => (
          <Row key={time.href} href={time.href} who={names[time.therapistId]}>
            {capitalizeFirstLetter(format(time))}
          </Row>
        ))}
        {regular && (
          <Row href={regular.href} who={names[regular.therapistId]}>
            {formatWeekdayPlural(regular.on)} at {formatWallTime(regular.time, locale)},{' '}
            {regular.open === regular.sessions ? `all ${regular.sessions}` : `${regular.open} of ${regular.sessions}`}
          </Row>
        )}
      </ul>
    </section>
  );
}

function Row({ href, who, children }: { href: string; who: string | undefined; children: ReactNode }) {
  return (
    <li className="border-b border-line">
      <a
        href={href}
        className="flex min-h-11 items-center justify-between gap-4 py-2 text-ink no-underline hover:text-ink hover:underline"
      >
        <span className="text-ui">{children}</span>{' '}
        <span className="text-small text-soft">
          with <bdi>{who}</bdi>
        </span>
      </a>
    </li>
  );
}

/** "today at 18:30", "tomorrow at 11:30", "Sat 5 Dec at 09:00". */
export function formatNextTime(
  { on, time }: { on: string; time: string },
  { today, locale }: { today: string; locale: string },
) {
  const days: Record<string, string> = { [today]: 'today', [addDays(today, 1)]: 'tomorrow' };
  return `${days[on] ?? formatDay(on, 'short', locale)} at ${formatWallTime(time, locale)}`;
}

/** "Swedish €68 or sports €74". */
function describeMassages(
  { serviceIds, therapistId }: NextTime,
  { services, minutes, practice }: { services: ActiveService[]; minutes: number; practice: Practice },
): string {
  const offered = services.filter(({ id }) => serviceIds.includes(id));
  const price = (id: string) => {
    return formatMoney(getServicePriceCents(id, minutes, services, therapistId), practice.currency, practice.locale);
  };
  return formatList(
    offered.map(({ id, name }) => `${formatServiceNameInSentence(name)} ${price(id)}`),
    'or',
  );
}
