import type { ReactNode } from 'react';
import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

interface DateToBookPageProps {
  managed: ManagedSeries;
  title: string;
  from: string;
  /** Null where it cannot be booked now. */
  date: { startsAt: number; priceCents: number; therapist: string } | null;
  /** Why the massage is withheld from the client, as a whole sentence; null where it is not. */
  withheld: string | null;
  action: (form: FormData) => Promise<void>;
  /** The hidden fields that name the date. */
  fields: Record<string, string | number>;
  /** What is said where it cannot be booked now. */
  otherwise: ReactNode;
}

/** One date that its plan is without: when it is, what it costs, and the button that books it. */
export function DateToBookPage(props: DateToBookPageProps) {
  const { managed, title, from, date, withheld, action, fields, otherwise } = props;
  const { practice, series, token } = managed;
  const { timeZone, locale, currency } = practice;
  const back = `/manage/${token}`;
  return (
    <Shell practice={practice} current="manage">
      <PageHeader title={title} from={from} crumbs={[{ href: back, label: 'Your dates' }]} />
      <Section title="The date">
        {withheld !== null ? (
          <Notice tone="bad" title="Please talk to us first">
            <p>{withheld}</p>
            <p>
              Your booked dates stay as they are. <ContactPhrase practice={practice} capital /> to have this one too.
            </p>
          </Notice>
        ) : date ? (
          <ActionForm action={action}>
            <input type="hidden" name="token" value={token} />
            {Object.entries(fields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <input type="hidden" name="seriesVersion" value={series.version} />
            <p className="mb-2 font-serif text-item font-medium">
              {formatDay(toWallTime(timeZone, date.startsAt).on, 'full', locale)} at{' '}
              {formatTime(timeZone, date.startsAt, locale)}
            </p>
            <p className="mb-6 text-soft">
              With {extractFirstName(date.therapist)}, {formatMoney(date.priceCents, currency, locale)}, paid at the
              visit.
            </p>
            <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
              <Button broad>Book this one</Button>
              <a href={back} className="inline-flex min-h-11 items-center">
                Don’t book it
              </a>
            </div>
          </ActionForm>
        ) : (
          <Notice tone="quiet" title="Nothing was changed">
            {otherwise}
            <a href={back}>Back to your dates</a>
          </Notice>
        )}
      </Section>
    </Shell>
  );
}
