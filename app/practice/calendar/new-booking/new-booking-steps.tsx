'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import type { CallerOption } from '@/app/practice/calendar/callers/caller-option';
import { CallerField } from './caller-field';
import type { NameValuePairs } from './hidden-param-fields';
import type { NewBookingDates } from './load-new-booking';
import { NewBookingChoicesForm, type NewBookingChoicesFormProps } from './new-booking-choices-form';
import { NewBookingForm } from './new-booking-form';

interface NewBookingProps extends Omit<NewBookingChoicesFormProps, 'go' | 'carried' | 'client' | 'isOutside'> {
  /** The parameters of the calendar, and what was chosen here so far. */
  place: NameValuePairs;
  chosen: NameValuePairs;
  caller: (CallerOption & { firstName: string; hasEmail: boolean }) | null;
  isNew: boolean;
  name: string;
  found: CallerOption[];
  dates: NewBookingDates;
  bookingKey: string;
  /** Whether e-mails go out. */
  sendsMail: boolean;
}

/**
 * Who, what and when, and then Book. Each part is a form of its own that works without script. With script, one press
 * makes a choice, and nothing is booked while the dates of the previous choice are still shown.
 */
export function NewBookingSteps(props: NewBookingProps) {
  const { place, chosen, caller, isNew, name, found, dates, bookingKey, sendsMail, ...plan } = props;
  const router = useRouter();
  const [isLooking, look] = useTransition();
  // Somebody quick may choose twice before the first answer is here: the second choice must keep the first.
  const [requested, setRequested] = useState<NameValuePairs>([]);
  const go = (query: URLSearchParams) => {
    setRequested([...query]);
    look(() => router.replace(`/practice/calendar?${query}`, { scroll: false }));
  };
  const pairs: NameValuePairs = isLooking ? requested : [...place, ...chosen];
  const without = (...names: string[]): NameValuePairs => pairs.filter(([key]) => !names.includes(key));
  const who = { caller, isNew, name, found };
  return (
    <div className="grid gap-3 pt-2 [&_#answer]:scroll-mb-[min(22rem,45dvh)]">
      <CallerField {...who} carried={without('client', 'name')} go={go} />
      <NewBookingChoicesForm
        {...plan}
        carried={without(
          'new',
          'with',
          'beside',
          'besideMassage',
          'type',
          'minutes',
          'massage',
          'cadence',
          'sessions',
          'hours',
        )}
        client={caller?.id ?? ''}
        isOutside={dates.isOutside}
        go={go}
      />
      <NewBookingForm
        address={`/practice/calendar?${new URLSearchParams([...place, ...chosen])}`}
        bookingKey={bookingKey}
        who={who}
        dates={dates}
        beside={plan.beside.therapists.find(({ id }) => id === plan.beside.id)?.name ?? null}
        sendsMail={sendsMail}
        isLooking={isLooking}
      />
    </div>
  );
}
