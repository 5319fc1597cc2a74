import type { Metadata } from 'next';
import Form from 'next/form';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { parseBackHref } from '@/app/practice/back-href';
import { describeMoveWarning } from '@/app/practice/calendar/move-warnings';
import { DateDecisionsForm } from '@/app/practice/date-decisions/date-decisions-form';
import { toDateToDecideViews } from '@/app/practice/date-decisions/date-decisions-form-data';
import { previewProposedEmail } from '@/app/practice/date-decisions/email-preview';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { isTherapistOrOwner } from '@/db/access/viewer';
import { previewHandOver } from '@/db/booking/hand-over-dates';
import { listHandOverRequests } from '@/db/booking/hand-over-requests-to-clients';
import { findPrenatalTherapistsForClient } from '@/db/care/prenatal-therapists';
import { mustAskTreatingTherapistFirst } from '@/db/care/suited-therapists';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled, pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { isAllowedTherapist } from '@/scheduling/availability';
import { extractFirstName } from '@/scheduling/name-formatting';
import { handOverToColleague } from './actions';
import { AskClientFirstFields } from './ask-client-first-fields';
import { HandOverRequestStatus } from './hand-over-request-status';

export const metadata: Metadata = { title: 'Hand over', robots: { index: false } };

interface Props {
  params: Promise<{ uid: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function HandOverPage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const [{ uid }, { to, back: cameFrom }] = await Promise.all([params, searchParams]);
  const back = parseBackHref(cameFrom);
  const query = { uid, to: typeof to === 'string' ? to : '' };
  const now = Date.now();
  const [practice, plan] = await Promise.all([getPractice(), previewHandOver(viewer, query, { now })]);
  if (!plan) notFound();
  const [request] = await listHandOverRequests(viewer, { now }, [plan.seriesId]);
  // The front desk knows nothing about anybody's health, and is told only that somebody has to be asked.
  const trained = isTherapistOrOwner(viewer)
    ? await findPrenatalTherapistsForClient(viewer, { clientId: plan.clientId, now })
    : null;
  const asksFirst =
    plan.to && !isTherapistOrOwner(viewer) && (await mustAskTreatingTherapistFirst(plan.clientId, plan.to.id, { now }));
  const isUntrained = plan.to !== null && !isAllowedTherapist(trained?.therapistIds, plan.to.id);
  const [from, newTherapist] = [extractFirstName(plan.from.name), plan.to && extractFirstName(plan.to.name)];
  const reason = `${newTherapist} takes over from ${from}.`;
  const dates = toDateToDecideViews(plan.dates, practice, { isMany: false, isDayShown: false, otherwise: 'keep' });
  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={
          <>
            Hand over dates of <bdi>{plan.clientName}</bdi>
          </>
        }
        crumbs={[
          back.startsWith('/practice/clients/')
            ? { href: back, label: plan.clientName }
            : { href: back, label: 'Calendar' },
          { href: `/practice/calendar?open=${uid}`, label: 'The date' },
        ]}
      />
      {request && <HandOverRequestStatus request={request} practice={practice} />}
      <Section title="To whom" aside={`This date with ${from}, and those after it.`}>
        {plan.heirs.length === 0 ? (
          <Notice tone="quiet" title="Nobody else gives this massage">
            <p>
              {viewer.role === 'owner' ? (
                <>
                  Say{' '}
                  <a href="/practice/settings/team" className="inline-flex min-h-11 items-center">
                    in the settings
                  </a>{' '}
                  who gives it
                </>
              ) : (
                'An owner can say in the settings who gives it'
              )}
              , or move the date in the calendar.
            </p>
          </Notice>
        ) : (
          <Form action={`/practice/hand-over/${uid}`} className="flex max-w-[36rem] flex-wrap items-end gap-3">
            <input type="hidden" name="back" value={back} />
            <label className="grid min-w-0 flex-1 gap-2 text-[0.9375rem] leading-5 font-[550]">
              Colleague
              <select
                key={query.to}
                name="to"
                defaultValue={query.to}
                className="min-h-13 w-full rounded border border-edge bg-sheet px-3 text-ui font-normal text-ink"
              >
                {plan.heirs.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <Button kind={newTherapist ? 'plain' : 'fill'}>See the dates</Button>
          </Form>
        )}
      </Section>
      {newTherapist && plan.to && (
        <section id="dates" aria-labelledby="dates-heading" className="border-t border-line py-8">
          <h2 id="dates-heading">With {newTherapist} from now on</h2>
          {isUntrained && (
            <div className="my-4">
              <Notice tone="bad" title={`${newTherapist} is not marked as trained for pregnancy`}>
                <p>
                  {trained?.isPregnancyStated
                    ? 'This client is pregnant, gave birth in the last 3 months, or is not sure.'
                    : 'What this client answered cannot be read here, and may say that they are pregnant.'}{' '}
                  It is for you to decide.
                </p>
              </Notice>
            </div>
          )}
          {asksFirst && (
            <div className="my-4">
              <Notice tone="bad" title="Ask first">
                <p>{describeMoveWarning('ask_first', newTherapist)}</p>
              </Notice>
            </div>
          )}
          <p className="mt-1 mb-6 text-soft">
            {plan.dates.length === 0
              ? `All of these dates are with ${newTherapist} already.`
              : 'Nothing changes until you press the button below. Where no time is offered, the date stays as it is.'}
          </p>
          {plan.dates.length > 0 && (
            <DateDecisionsForm
              key={plan.to.id}
              action={handOverToColleague}
              fields={{ uid, to: plan.to.id, suggested: reason, back }}
              dates={dates}
              reason={reason}
              email={await previewProposedEmail(viewer, { dates, reason }, now)}
              also={<p>The price stays as it was booked. New dates of this plan are offered with {newTherapist}.</p>}
              task="hand over"
              button={pickTextByMailEnabled('Hand over as chosen, and send the e-mail', 'Hand over as chosen')}
              sendsMail={isMailEnabled()}
              buttonForNone="Hand over"
              instead={<AskClientFirstFields firstName={newTherapist} practice={practice} />}
            />
          )}
        </section>
      )}
    </PracticeShell>
  );
}
