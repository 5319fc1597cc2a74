import type { Metadata } from 'next';
import { pausePlanByLink } from '@/app/manage/[token]/actions';
import { loadManagedSeries, previewPause } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { formatNumberInWords } from '@/scheduling/count-wording';
import { extractFirstName } from '@/scheduling/name-formatting';

export const metadata: Metadata = { title: 'Pause' };

/** Shows which dates a pause would cancel, and the first date after it; only its button cancels. */
export default async function PausePage({ params }: { params: Promise<{ token: string }> }) {
  const managed = await loadManagedSeries(params);
  const { practice, series, token } = managed;
  const { locale } = practice;
  const found = previewPause(managed);
  const back = `/manage/${token}`;
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="Pause for two weeks?"
        from="Nothing is cancelled until you press the button."
        crumbs={[{ href: back, label: 'Your dates' }]}
      />
      <Section title={found ? 'What is cancelled' : 'Your dates'}>
        {found ? (
          <>
            <ul className="max-w-[46rem] border-t border-ink">
              {found.paused.map((date) => (
                <li key={date.uid} className="border-b border-line py-2.5">
                  <b className="font-serif text-[1.0625rem] leading-6 font-medium">
                    {formatAppointmentTime(date, locale)}
                  </b>{' '}
                  <span className="text-small text-soft">
                    {date.service.name}, with {extractFirstName(date.therapist.name)}
                  </span>
                </li>
              ))}
            </ul>
            <p className="mt-3 mb-6 max-w-[36rem]">
              There is nothing to pay. Your next session is then <b>{formatAppointmentTime(found.back, locale)}</b>, and
              all later dates stay as they are.
            </p>
            <ActionForm action={pausePlanByLink} className="flex flex-wrap items-center gap-x-6 gap-y-3">
              <input type="hidden" name="token" value={token} />
              <input type="hidden" name="version" value={series.version} />
              <input type="hidden" name="until" value={found.until} />
              <input type="hidden" name="count" value={found.paused.length} />
              <Button kind="cancel" broad>
                {found.paused.length === 1
                  ? 'Cancel it and pause'
                  : `Cancel these ${formatNumberInWords(found.paused.length)} and pause`}
              </Button>
              <a href={back} className="inline-flex min-h-11 items-center">
                Don’t pause
              </a>
            </ActionForm>
          </>
        ) : (
          <Notice tone="quiet" title="Nothing can be paused just now">
            <p>No date in the next two weeks can still be cancelled here, or none comes after them.</p>
            <a href={back}>Back to your dates</a>
          </Notice>
        )}
      </Section>
    </Shell>
  );
}
