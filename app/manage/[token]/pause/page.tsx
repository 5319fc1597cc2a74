import type { Metadata } from 'next';
import { formatList } from '@/app/book/booking-wording';
import { pausePlanByLink } from '@/app/manage/[token]/actions';
import { listPossiblePauses, listUpcomingAppointments, loadManagedSeries } from '@/app/manage/[token]/managed-series';
import { formatPauseValue } from '@/app/manage/[token]/pause-value';
import { formatShortDay } from '@/app/manage/[token]/series-wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { RadioMark } from '@/components/radio-mark';
import { RadioGroup, RadioOption } from '@/components/radio-options';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { formatTime } from '@/scheduling/formatting';

export const metadata: Metadata = { title: 'Pause' };

const USUAL_WEEKS = 2;

/** Says of each length of a pause which dates it leaves out, and which comes next; only its button cancels. */
export default async function PausePage({ params }: { params: Promise<{ token: string }> }) {
  const managed = await loadManagedSeries(params);
  const { practice, series, token } = managed;
  const pauses = listPossiblePauses(managed);
  const usual = pauses.find(({ weeks }) => weeks >= USUAL_WEEKS) ?? pauses.at(-1);
  const first = pauses[0]?.paused[0];
  const before = first ? listUpcomingAppointments(managed).filter(({ startsAt }) => startsAt < first.startsAt) : [];
  const back = `/manage/${token}`;
  const dayOf = (date: { startsAt: number }) => formatShortDay(date, practice);
  const listDays = (dates: { startsAt: number }[]) => formatList(dates.map(dayOf));
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="Pause for a few weeks?"
        from="The dates of the pause are cancelled, with nothing to pay. All later ones stay as they are. Nothing is cancelled until you press the button."
        crumbs={[{ href: back, label: 'Your dates' }]}
      />
      <Section title={usual ? 'For how long?' : 'Your dates'}>
        {usual ? (
          <ActionForm action={pausePlanByLink} className="max-w-[46rem]">
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="version" value={series.version} />
            <RadioGroup legend="For how long?" className="grid gap-2">
              {pauses.map((pause) => (
                <RadioOption
                  key={pause.weeks}
                  look="row"
                  name="pause"
                  value={formatPauseValue(pause)}
                  defaultChecked={pause === usual}
                >
                  <span className="mt-[3px] grid wide:mt-0">
                    <RadioMark />
                  </span>
                  <span className="block wide:col-span-2">
                    <b className="block font-serif text-[1.125rem] leading-[1.625rem] font-medium">
                      {pause.weeks === 1 ? '1 week' : `${pause.weeks} weeks`}
                    </b>{' '}
                    <span className="block text-small">
                      Leaves out {listDays(pause.paused)}.{' '}
                      <span className="text-soft">
                        Your next date after that is {dayOf(pause.back)} at{' '}
                        {formatTime(practice.timeZone, pause.back.startsAt, practice.locale)}.
                      </span>
                    </span>
                  </span>
                </RadioOption>
              ))}
            </RadioGroup>
            {before.length > 0 && (
              <p className="mt-3 max-w-[36rem] text-small text-soft">
                {listDays(before)} {before.length === 1 ? 'stays booked: it is' : 'stay booked: they are'} too close to
                cancel here. <ContactPhrase practice={practice} capital />.
              </p>
            )}
            <div className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-3">
              <Button kind="cancel" broad>
                Cancel these dates and pause
              </Button>
              <a href={back} className="inline-flex min-h-11 items-center">
                Don’t pause
              </a>
            </div>
          </ActionForm>
        ) : (
          <Notice tone="quiet" title="Nothing can be paused just now">
            <p>No upcoming date can still be cancelled here, or none comes after it.</p>
            <a href={back}>Back to your dates</a>
          </Notice>
        )}
      </Section>
    </Shell>
  );
}
