import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { describeMoveWarning } from '@/app/practice/calendar/move-warnings';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { offerTimeToWaitingClient } from '@/app/practice/waitlist/actions';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { managesAllCalendars } from '@/db/access/viewer';
import { getPractice } from '@/db/practice/practice';
import { listTherapists } from '@/db/practice/therapists';
import { findWaitlistEntryForStaff, listPossibleOffersForEntry } from '@/db/waitlist/waiting-clients';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatDayParts, formatWaitlistMassage } from '@/scheduling/format-waitlist-request';
import { formatDay, formatDuration, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

export const metadata: Metadata = { title: 'Offer a time', robots: { index: false } };

const SHOWN = 40;

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ flash?: string | string[]; plan?: string | string[] }>;
}

/** The times that a waiting client could have now, for staff to offer by hand. */
export default async function OfferByHandPage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const [{ id }, { flash, plan: requested }, practice, therapists] = await Promise.all([
    params,
    searchParams,
    getPractice(),
    listTherapists(),
  ]);
  const entry = await findWaitlistEntryForStaff(viewer, id, { now });
  if (!entry) notFound();
  const { timeZone, locale } = practice;
  const possible = (await listPossibleOffersForEntry(viewer, id, { now })).filter(
    ({ therapistId }) => managesAllCalendars(viewer) || viewer.therapistId === therapistId,
  );
  const nameOf = (therapistId: string) => therapists.find((therapist) => therapist.id === therapistId)?.name ?? '';
  const chosen = possible.find(({ therapistId, starts }) => `${therapistId} ${starts[0]}` === requested) ?? possible[0];
  const formatOffer = ({ therapistId, starts }: (typeof possible)[number]) =>
    `${formatDay(toWallTime(timeZone, starts[0]!).on, 'short', locale)}, ${formatTime(timeZone, starts[0]!, locale)} with ${nameOf(therapistId)}${starts.length > 1 ? `, all ${starts.length} dates` : ''}`;
  const isWarned =
    flash === 'ask_first' && chosen !== undefined && requested === `${chosen.therapistId} ${chosen.starts[0]}`;
  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={
          <>
            Offer a time to <bdi>{entry.client.name}</bdi>
          </>
        }
        from={`${formatWaitlistMassage(entry)}: ${formatDayParts(entry, locale)}. What you offer is held for ${formatDuration(practice.offerMinutes)}.`}
        crumbs={[{ href: '/practice/waitlist', label: 'Waiting list' }]}
      />
      {flash === 'taken' && (
        <div className="pb-10">
          <Notice tone="bad" id="flash" title="That time was taken" live>
            Nothing was offered. These are free now.
          </Notice>
        </div>
      )}
      {isWarned && (
        <div className="pb-10">
          <Notice tone="bad" id="flash" title={`Ask first: ${formatOffer(chosen)}`} live>
            <p>{describeMoveWarning('ask_first', extractFirstName(nameOf(chosen.therapistId)))}</p>
            <p>Nothing was offered yet. It stands first below: offer it all the same, or choose another.</p>
          </Notice>
        </div>
      )}
      <Section title="Free now">
        {possible.length === 0 ? (
          <Notice tone="quiet" title="Nothing that suits them is free">
            {isMailEnabled()
              ? 'It is held and offered by itself when it is.'
              : 'Look again when something was cancelled.'}
          </Notice>
        ) : (
          <ActionForm action={offerTimeToWaitingClient} className="grid max-w-[36rem] gap-4">
            <input type="hidden" name="id" value={id} />
            {isWarned && <input type="hidden" name="meant" value={chosen.therapistId} />}
            <fieldset>
              <legend className="sr-only">Times</legend>
              {listShown(possible, chosen, isWarned).map((plan) => (
                <label
                  key={`${plan.therapistId} ${plan.starts[0]}`}
                  className="flex min-h-11 items-center gap-3 border-b border-line py-1"
                >
                  <input
                    type="radio"
                    name="plan"
                    value={`${plan.therapistId} ${plan.starts[0]}`}
                    defaultChecked={plan === chosen}
                    className="size-5 flex-none accent-euc"
                  />
                  <span>{formatOffer(plan)}</span>
                </label>
              ))}
            </fieldset>
            <div>
              <Button>{isWarned ? 'Offer it all the same' : 'Offer it'}</Button>
            </div>
          </ActionForm>
        )}
      </Section>
    </PracticeShell>
  );
}

/** The first times of the list, with the chosen one among them, on top where it needs a warning. */
function listShown<Plan>(possible: Plan[], chosen: Plan | undefined, isOnTop: boolean): Plan[] {
  const first = possible.slice(0, SHOWN);
  if (chosen === undefined) return first;
  if (isOnTop) return [chosen, ...first.filter((plan) => plan !== chosen)];
  return first.includes(chosen) ? first : [...first, chosen];
}
