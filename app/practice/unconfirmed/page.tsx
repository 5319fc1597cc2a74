import type { Metadata } from 'next';
import { connection } from 'next/server';
import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import type { PendingRequest } from '@/db/booking/pending-requests';
import {
  listPendingRequestsForStaff,
  listUnconfirmedGroupedBySender,
  type UnconfirmedBooking,
  type UnconfirmedSender,
} from '@/db/booking/unconfirmed-bookings';
import { derivePhoneCountry, formatPhone } from '@/db/input/phone-numbers';
import { getPractice, type Practice } from '@/db/practice/practice';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatNumberInWords } from '@/scheduling/count-wording';
import { approveBookingRequest, cancelBookingsOfSender, confirmBookingByStaff, declineBookingRequest } from './actions';
import { NewClientLimitsForm } from './new-client-limits-form';

export const metadata: Metadata = { title: 'Unconfirmed', robots: { index: false } };

const notesNow = (): Record<string, FlashContent> => ({
  confirmed: { tone: 'good', title: 'Confirmed', text: 'What this address books from now on is booked at once.' },
  cancelled: {
    tone: 'good',
    title: 'Cancelled',
    text: pickTextByMailEnabled(
      'Their time is free again, and each client gets an e-mail.',
      'Their time is free again. No mail server is set, so no e-mail is sent: tell each client.',
    ),
  },
  approved: {
    tone: 'good',
    title: 'Booked',
    text: pickTextByMailEnabled(
      'The client gets an e-mail.',
      'No mail server is set, so no e-mail is sent: tell the client.',
    ),
  },
  declined: {
    tone: 'good',
    title: 'Declined',
    text: pickTextByMailEnabled(
      'Nothing was booked, and the client gets an e-mail.',
      'Nothing was booked. No mail server is set, so no e-mail is sent: tell the client.',
    ),
  },
  taken: {
    tone: 'bad',
    title: 'One of the dates was taken',
    text: 'Nothing was booked. The client is asked to choose again.',
  },
  invalid: {
    tone: 'bad',
    title: 'It cannot be booked any more',
    text: 'Nothing was booked: what is offered has changed since it was asked for. Call the client, or decline it.',
  },
  gone: {
    tone: 'bad',
    title: 'There was nothing to do',
    text: 'It was done already, or has run out. What you see now is how it stands.',
  },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
});

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function UnconfirmedPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const [practice, senders, waiting, { flash }] = await Promise.all([
    getPractice(),
    listUnconfirmedGroupedBySender(viewer, now),
    listPendingRequestsForStaff(viewer, now),
    searchParams,
  ]);
  const { newClients, unconfirmedPerSender, unconfirmedPerEmail, unconfirmedWeekPercent } = practice;
  const { heldMinutesPerSender, heldDayPercent } = practice;
  const limits = { newClients, unconfirmedPerSender, unconfirmedPerEmail, unconfirmedWeekPercent };
  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title="Unconfirmed"
        from="Booked, or asked for, by people whose e-mail address nobody has confirmed. Most are new clients who have not pressed their link yet."
      >
        <LiveFlashNotice flash={flash} notices={notesNow()} />
      </PageHeader>
      {waiting.length > 0 && (
        <Section
          title="Asked for"
          aside="Not booked: no time is held. It is booked when you say so, or its client presses the link."
        >
          <ol className="border-b border-line">
            {waiting.map((request) => (
              <Waiting key={request.id} waiting={request} practice={practice} />
            ))}
          </ol>
        </Section>
      )}
      <Section title="Booked" aside="By the internet address it came from, which is kept as a code only.">
        {senders.length === 0 ? (
          <Notice tone="quiet" title="Everything that is booked is confirmed">
            Bookings of new clients stand here until they{' '}
            {pickTextByMailEnabled('press the link in their e-mail, ', '')}come to a visit, or you say that you know
            them.
          </Notice>
        ) : (
          senders.map((sender) => <Sender key={sender.sender} group={sender} practice={practice} />)
        )}
      </Section>
      {viewer.role === 'owner' && (
        <Section title="New clients" aside="What they meet, and what a stranger can do at most.">
          <NewClientLimitsForm
            limits={Object.fromEntries(
              Object.entries({ ...limits, heldMinutesPerSender, heldDayPercent }).map(([name, value]) => [
                name,
                String(value),
              ]),
            )}
          />
        </Section>
      )}
    </PracticeShell>
  );
}

function Waiting({ waiting, practice }: { waiting: PendingRequest; practice: Practice }) {
  const { request, until, waitsFor, id } = waiting;
  const [first] = request.appointments;
  return (
    <li className="border-t border-line py-5 first:border-t-0 first:pt-0">
      <p>
        <bdi className="font-medium wrap-anywhere">{request.client.name}</bdi>,{' '}
        <bdi className="wrap-anywhere">{request.client.email}</bdi>
        {request.client.phone && `, ${formatPhone(request.client.phone, derivePhoneCountry(practice))}`}
        {request.bookedBy && (
          <>
            , booked by <bdi className="wrap-anywhere">{request.bookedBy}</bdi>
          </>
        )}
        {request.beside && (
          <>
            , with <bdi className="wrap-anywhere">{request.beside.name}</bdi> side by side
          </>
        )}
      </p>
      <p className="mb-3 text-small text-soft">
        {formatDates(request.appointments.length, first!.startsAt, practice)}.{' '}
        {waitsFor === 'approve' ? 'Waits for you' : 'Waits for the client’s link'} until{' '}
        {formatDayAndTime(until, practice)}.
      </p>
      <div className="flex flex-wrap gap-3">
        <Press action={approveBookingRequest} name="id" value={id}>
          Book it
        </Press>
        <Press action={declineBookingRequest} name="id" value={id}>
          Decline
        </Press>
      </div>
    </li>
  );
}

function Sender({ group, practice }: { group: UnconfirmedSender; practice: Practice }) {
  const { sender, bookings, sessions } = group;
  const code = sender.slice(0, 6);
  return (
    <div className="mb-10 last:mb-0">
      <h3 className="mb-3 text-[1.0625rem] leading-6 font-semibold">
        From one internet address, code {code}: {bookings.length === 1 ? 'one booking' : `${bookings.length} bookings`},{' '}
        {sessions === 1 ? 'one upcoming session' : `${sessions} upcoming sessions`}
      </h3>
      <ol className="border-b border-line">
        {bookings.map((booking) => (
          <Booking key={booking.seriesId} booking={booking} practice={practice} />
        ))}
      </ol>
      <details className="mt-3">
        <summary className="flex min-h-11 cursor-pointer items-center text-small">Cancel all from code {code}</summary>
        <p className="mb-3 text-small text-soft">
          {sessions === 1 ? 'The session is' : `All ${sessions} sessions are`} cancelled
          {pickTextByMailEnabled(
            `, and ${bookings.length === 1 ? 'the client' : 'each client'} gets an e-mail`,
            '. No mail server is set, so no e-mail is sent',
          )}
          . This cannot be undone.
        </p>
        <Press action={cancelBookingsOfSender} name="sender" value={sender}>
          {sessions === 1 ? 'Cancel the session' : `Cancel all ${sessions} sessions`}
        </Press>
      </details>
    </div>
  );
}

function Booking({ booking, practice }: { booking: UnconfirmedBooking; practice: Practice }) {
  const { client, sessions, firstStartsAt, therapist, service, seriesId, createdAt } = booking;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t border-line py-4">
      <div className="min-w-0">
        <p>
          <bdi className="font-medium wrap-anywhere">{client.name}</bdi>,{' '}
          <bdi className="wrap-anywhere">{client.email}</bdi>
        </p>
        <p className="text-small text-soft">
          {service ?? 'Several massages'} with {therapist}: {formatDates(sessions, firstStartsAt, practice)}. Booked{' '}
          {formatDayAndTime(createdAt, practice)}.
        </p>
      </div>
      <Press action={confirmBookingByStaff} name="id" value={seriesId}>
        I know them
      </Press>
    </li>
  );
}

function Press(props: {
  action: (form: FormData) => Promise<void>;
  name: string;
  value: string;
  children: React.ReactNode;
}) {
  return (
    <ActionForm action={props.action}>
      <input type="hidden" name={props.name} value={props.value} />
      <Button kind="plain" slim>
        {props.children}
      </Button>
    </ActionForm>
  );
}

function formatDates(count: number, firstStartsAt: number, practice: Practice): string {
  const first = formatDayAndTime(firstStartsAt, practice);
  return count === 1 ? first : `${formatNumberInWords(count)} dates from ${first}`;
}
