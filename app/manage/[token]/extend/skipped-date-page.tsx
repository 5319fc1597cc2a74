import { bookSkippedDate } from '@/app/manage/[token]/actions';
import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { findBookableSkippedDate } from '@/db/booking/bookable-skipped-dates';
import { findWithheldMassageOfSkipped } from '@/db/care/withheld-massages';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

/** A skipped date that is free again: when it is, what it costs, and the button that books it. */
export async function SkippedDatePage({ managed, position }: { managed: ManagedSeries; position: number }) {
  const { practice, series, token, viewer } = managed;
  const [date, held] = await Promise.all([
    findBookableSkippedDate(viewer, series.uid, position, managed),
    findWithheldMassageOfSkipped(viewer, position, managed),
  ]);
  const back = `/manage/${token}`;
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title={date ? 'Book it after all' : 'That date is not free now'}
        from="You skipped this date. Your others stay as they are."
        crumbs={[{ href: back, label: 'Your dates' }]}
      />
      <Section title="The date">
        {held ? (
          <Notice tone="bad" title="Please talk to us first">
            <p>You told us about your health: {held.why}</p>
            <p>
              Your booked dates stay as they are. <ContactPhrase practice={practice} capital /> to have this one too.
            </p>
          </Notice>
        ) : date ? (
          <ActionForm action={bookSkippedDate}>
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="position" value={position} />
            <input type="hidden" name="seriesVersion" value={series.version} />
            <p className="mb-2 font-serif text-item font-medium">
              {formatDay(toWallTime(practice.timeZone, date.startsAt).on, 'full', practice.locale)} at{' '}
              {formatTime(practice.timeZone, date.startsAt, practice.locale)}
            </p>
            <p className="mb-6 text-soft">
              With {extractFirstName(series.therapist.name)},{' '}
              {formatMoney(date.priceCents, practice.currency, practice.locale)}, paid at the visit.
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
            <p>It stays skipped, and is offered again when its time frees up.</p>
            <a href={back}>Back to your dates</a>
          </Notice>
        )}
      </Section>
    </Shell>
  );
}
