import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { addCallerToWaitlist } from '@/app/practice/waitlist/actions';
import { requireRole } from '@/auth';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { WaitlistForm } from '@/components/waitlist/waitlist-form';
import type { WaitlistFormState } from '@/components/waitlist/waitlist-form-state';
import { getClient } from '@/db/people/get-client';
import { getPractice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { canJoinWaitlistFor } from '@/db/waitlist/join-request-issues';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { addDays } from '@/scheduling/day';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { ANY_DAY_PART } from '@/scheduling/waitlist-matching';
import { toWallTime } from '@/scheduling/zone-conversion';

export const metadata: Metadata = { title: 'Add to the waiting list', robots: { index: false } };

const LOOK_DAYS = 56;

interface Props {
  searchParams: Promise<{ client?: string | string[] }>;
}

/** Adds a caller for whom no free time fits. */
export default async function AddToWaitlistPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const [practice, services, team, { client: requested }] = await Promise.all([
    getPractice(),
    listServices(),
    listTherapists(),
    searchParams,
  ]);
  const client = typeof requested === 'string' ? await getClient(viewer, requested) : null;
  const offered = services.filter(canJoinWaitlistFor);
  const today = toWallTime(practice.timeZone, now).on;
  const [first] = offered;
  const minutes = first?.lengths.some((length) => length.minutes === 60) ? 60 : first?.lengths[0]?.minutes;
  const untouched: WaitlistFormState = {
    values: {
      massage: `${first?.id} ${minutes}`,
      therapist: viewer.role === 'therapist' ? viewer.therapistId : '',
      cadence: 'once',
      sessions: '8',
      from: today,
      until: addDays(today, Math.min(LOOK_DAYS, practice.windowDays)),
      only: '',
      urgent: '',
      for: 'me',
      otherName: '',
      name: '',
      email: '',
      phone: '',
    },
    dayParts: ANY_DAY_PART,
    errors: {},
    problem: null,
    done: null,
    answer: 0,
  };
  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title="Add to the waiting list"
        from={`${
          isMailEnabled()
            ? 'With an e-mail address, what suits them is held and offered once it is free. Without one you offer it by phone.'
            : 'When something suits them, you hold it for them here and call them.'
        } Nothing is booked before they say yes.`}
        crumbs={[{ href: '/practice/waitlist', label: 'Waiting list' }]}
      />
      {offered.length === 0 ? (
        <Notice tone="quiet" title="No massage can be booked online">
          The list offers only what is booked at once.
        </Notice>
      ) : (
        <WaitlistForm
          action={addCallerToWaitlist}
          untouched={untouched}
          massages={offered.flatMap(({ id, name, lengths }) =>
            lengths.map((length) => ({
              value: `${id} ${length.minutes}`,
              label: `${name}, ${length.minutes} minutes`,
            })),
          )}
          therapists={team.filter((therapist) => therapist.services.length > 0).map(({ id, name }) => ({ id, name }))}
          only={null}
          maxSessions={practice.maxSessions}
          locale={practice.locale}
          isForCaller
          sendsMail={isMailEnabled()}
          reach={formatHowToContact(practice)}
          practiceName={practice.name}
          client={
            client && (
              <p>
                <input type="hidden" name="clientId" value={client.id} />
                For <bdi className="font-medium">{client.name}</bdi>
              </p>
            )
          }
        />
      )}
    </PracticeShell>
  );
}
