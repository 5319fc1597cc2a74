import type { Metadata } from 'next';
import { cancelByLink } from '@/app/manage/[token]/actions';
import { listAppointmentsInScope, listOfferedScopes, readChangeScope } from '@/app/manage/[token]/change-scope';
import { ChangeScopeLinks } from '@/app/manage/[token]/change-scope-links';
import { loadManagedSeries, mayCancel, requireAppointment } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime, formatShortDay, formatStartToEnd } from '@/app/manage/[token]/series-wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { RadioMark } from '@/components/radio-mark';
import { RadioOption } from '@/components/radio-options';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getPairedSeries } from '@/db/appointments/paired-series';
import type { AppointmentView } from '@/db/appointments/series';
import { formatNumberInWords } from '@/scheduling/count-wording';
import { extractFirstName } from '@/scheduling/name-formatting';
import type { EditScope } from '@/scheduling/plan-series-edit';

export const metadata: Metadata = { title: 'Cancel' };

interface CancelPage {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Shows what would be cancelled; only its button cancels. */
export default async function CancelPage({ params, searchParams }: CancelPage) {
  const managed = await loadManagedSeries(params);
  const query = await searchParams;
  const appointment = requireAppointment(managed, query.uid);
  const { practice, token } = managed;
  const listCancellable = (each: EditScope) =>
    listAppointmentsInScope(managed, appointment, each).filter((date) => mayCancel(managed, date));
  const sizes = {
    this: listCancellable('this').length,
    following: listCancellable('following').length,
    all: listCancellable('all').length,
  };
  const offered = listOfferedScopes(sizes);
  const scope = readChangeScope(offered, query.scope);
  const inScope = listAppointmentsInScope(managed, appointment, scope);
  const affected = inScope.filter((each) => mayCancel(managed, each));
  const late = inScope.filter((each) => !mayCancel(managed, each));
  const isTooLate = !mayCancel(managed, appointment);
  const beside =
    managed.series.pairId === null ? null : await getPairedSeries(managed.viewer, managed.series.uid, managed.now);
  const besideDates = beside?.dates.filter(({ startsAt }) => affected.some((each) => each.startsAt === startsAt)) ?? [];
  const back = `/manage/${token}`;

  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title={
          affected.length > 1
            ? `Cancel ${formatNumberInWords(affected.length)} dates?`
            : `Cancel ${formatAppointmentTime(affected[0] ?? appointment, practice.locale)}?`
        }
        from="Nothing is cancelled until you press the button."
        crumbs={[{ href: back, label: 'Your dates' }]}
      />
      <Section title="Which">
        {offered.length > 1 && !isTooLate && (
          <div className="mb-6">
            <ChangeScopeLinks
              label="How much to cancel"
              sizes={sizes}
              offered={offered}
              chosen={scope}
              hrefOf={(each) => `${back}/cancel?uid=${appointment.uid}&scope=${each}`}
            />
          </div>
        )}
        <ol className="max-w-[46rem] border-t border-ink">
          {(isTooLate ? inScope : affected).map((each) => (
            <li
              key={each.uid}
              className="grid grid-cols-[1.75rem_minmax(0,1fr)] slim:grid-cols-[1.75rem_6rem_minmax(0,1fr)] mid:grid-cols-[1.75rem_minmax(0,9.5rem)_minmax(0,1fr)] items-baseline gap-2 border-b border-line py-2.5 text-small text-soft"
            >
              <span>{each.position}</span>
              <b className="font-serif text-[1.0625rem] leading-6 font-medium text-ink">
                {formatShortDay(each, practice)}
              </b>
              <span className="max-slim:col-start-2">
                {formatStartToEnd(each, practice.locale)}, {each.service.name}, with{' '}
                {extractFirstName(each.therapist.name)}
              </span>
            </li>
          ))}
        </ol>
        {!isTooLate && late.length > 0 && (
          <p className="mt-3 max-w-[36rem] text-small text-soft">
            {late.map((each) => formatShortDay(each, practice)).join(', ')}{' '}
            {late.length === 1 ? 'stays booked: it is' : 'stay booked: they are'} too close to cancel here.{' '}
            <ContactPhrase practice={practice} capital />.
          </p>
        )}
      </Section>
      <Section title={<span className="sr-only">Cancel</span>}>
        {inScope.length === 0 || (isTooLate && appointment.startsAt <= managed.now) ? (
          <Notice tone="quiet" title="There is nothing left to cancel here">
            <a href={back}>Back to your dates</a>
          </Notice>
        ) : isTooLate ? (
          <Notice tone="bad" title={`It is too late to cancel ${formatShortDay(appointment, practice)} here`}>
            <p>
              <ContactPhrase practice={practice} capital />, and a person will help.
            </p>
            <a href={back}>Back to your dates</a>
          </Notice>
        ) : (
          <ActionForm action={cancelByLink} className="flex flex-wrap items-center gap-x-6 gap-y-3">
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="uid" value={appointment.uid} />
            <input type="hidden" name="scope" value={scope} />
            <input type="hidden" name="version" value={appointment.version} />
            <input type="hidden" name="seriesVersion" value={managed.series.version} />
            {beside && besideDates.length > 0 && (
              <fieldset className="w-full min-w-0">
                <legend className="mb-2 max-w-[36rem]">
                  <bdi>{beside.client}</bdi> comes at the same time, and is with{' '}
                  {[...new Set(besideDates.map(({ therapist }) => extractFirstName(therapist)))].join(' or ')}. Cancel
                  that too?
                </legend>
                <div className="grid gap-2 mid:flex mid:flex-wrap">
                  <RadioOption look="chip" name="who" value="one" defaultChecked>
                    <RadioMark />
                    <span>
                      No, only for <bdi>{managed.series.client.name}</bdi>
                    </span>
                  </RadioOption>
                  <RadioOption look="chip" name="who" value="both">
                    <RadioMark />
                    <span>Yes, for both</span>
                  </RadioOption>
                </div>
              </fieldset>
            )}
            <Button kind="cancel" broad>
              {formatButtonLabel(affected, practice)}
            </Button>
            <a href={back} className="inline-flex min-h-11 items-center">
              Don’t cancel
            </a>
          </ActionForm>
        )}
      </Section>
    </Shell>
  );
}

function formatButtonLabel(affected: AppointmentView[], practice: { timeZone: string; locale: string }): string {
  const [first] = affected;
  return affected.length === 1 && first
    ? `Cancel ${formatShortDay(first, practice)}`
    : `Cancel these ${formatNumberInWords(affected.length)}`;
}
