import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOut } from '@/app/practice/sign-out';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { type FlashText, LiveFlashNotice } from '@/components/flash-notice';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { sayDayParts, sayWaitlistDateRange, sayWaitlistMassage } from '@/components/waitlist/say-waitlist-entry';
import { managesAllCalendars } from '@/db/access/viewer';
import { formatPhone, getPhoneCountryOfPractice } from '@/db/input/phone';
import { getPractice, type Practice } from '@/db/practice/practice';
import {
  areOffersStopped,
  countFilledSessions,
  listOpenOffers,
  listWaitlist,
  type OpenOffer,
  type WaitingClient,
} from '@/db/waitlist/waiting-clients';
import { byMail, isMailEnabled } from '@/mail/is-mail-enabled';
import { capitalize, sayDay, sayNumberInWords, sayTime } from '@/scheduling/formatting';
import { toWall } from '@/scheduling/zone';
import { confirmWaitlistEntry, recordOfferAnswer, remove, withdrawOffer } from './actions';

export const metadata: Metadata = { title: 'Waiting list', robots: { index: false } };

/** What was done. Where no mail server is set nobody reads of it, and nothing is offered by itself. */
function notesOf(): Record<string, FlashText> {
  return {
    added: {
      tone: 'good',
      title: 'On the list',
      text: byMail(
        'With an e-mail address, what suits them is held and offered once it is free.',
        'When a time suits them, offer it here and call them.',
      ),
    },
    confirmed: {
      tone: 'good',
      title: 'Confirmed',
      text: byMail(
        'What suits them is held and offered once it is free.',
        'When a time suits them, offer it here and call them.',
      ),
    },
    offered: {
      tone: 'good',
      title: 'Offered',
      text: `It is held for them. ${byMail('With an e-mail address they get an e-mail.', 'Call them: no e-mail is sent.')}`,
    },
    booked: {
      tone: 'good',
      title: 'Booked',
      text: byMail('With an e-mail address they get an e-mail.', 'Tell them when it is: no e-mail is sent.'),
    },
    declined: {
      tone: 'good',
      title: 'Noted',
      text: byMail('The time goes to the next who waits for it.', 'The time is free again.'),
    },
    taken_back: {
      tone: 'good',
      title: 'Taken back',
      text: `The time is free again.${byMail(' In five minutes it is offered to the next person, unless it is taken by then.', '')}`,
    },
    removed: { tone: 'good', title: 'Removed', text: 'They are offered nothing more for this.' },
    lost: { tone: 'bad', title: 'It can no longer be booked', text: 'Nothing was booked. They are still on the list.' },
    gone: { tone: 'bad', title: 'There was nothing to do', text: 'What you see now is how it stands.' },
    busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
  };
}

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function WaitlistPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const [practice, waiting, offers, filled, isStopped, { flash }] = await Promise.all([
    getPractice(),
    listWaitlist(viewer, { now }),
    listOpenOffers(viewer, { now }),
    countFilledSessions({ now }),
    areOffersStopped({ now }),
    searchParams,
  ]);
  const goesOut = isMailEnabled();
  const notes = notesOf();
  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOut />}>
      <PageHeader
        title="Waiting list"
        from={sayFilled(filled, goesOut)}
        crumbs={[{ href: '/practice/calendar', label: 'Calendar' }]}
      >
        <LiveFlashNotice flash={flash} notices={notes} />
        {!goesOut && (
          <div className="mt-6">
            <Notice tone="quiet" title="Nothing is offered by itself: no mail server is set">
              Clients would not hear of it. Offer a time by hand, and call.
            </Notice>
          </div>
        )}
        {goesOut && isStopped && (
          <div className="mt-6">
            <Notice tone="bad" title="Nothing is offered by itself: our last e-mails could not be sent">
              It is tried again within the hour. Offer a time by hand, and call.{' '}
              <a href="/practice/mail">See the mail</a>
            </Notice>
          </div>
        )}
        <div className="mt-6">
          <ButtonLink href="/practice/waitlist/new" slim>
            Add a caller
          </ButtonLink>
        </div>
      </PageHeader>
      {offers.length > 0 && (
        <Section
          title="Offered now"
          aside="Nobody else can book these until they are answered. An absence takes back what is in its way."
        >
          <ul className="border-b border-line">
            {offers.map((open) => (
              <Open key={open.id} open={open} practice={practice} />
            ))}
          </ul>
        </Section>
      )}
      <Section
        title={
          waiting.length === 0
            ? managesAllCalendars(viewer)
              ? 'Nobody waits'
              : 'Nobody waits for you'
            : `${capitalize(sayNumberInWords(waiting.length))} waiting`
        }
        aside="Whoever skipped a date is asked first, then regular times, the urgent, and who has waited longest."
      >
        {waiting.length === 0 ? (
          <Notice tone="quiet" title="Clients join from the times they book from">
            You can also add somebody who calls.
          </Notice>
        ) : (
          <ol className="border-b border-line">
            {waiting.map((entry) => (
              <Waiting key={entry.id} entry={entry} practice={practice} now={now} />
            ))}
          </ol>
        )}
      </Section>
    </PracticeShell>
  );
}

function Waiting({ entry, practice, now }: { entry: WaitingClient; practice: Practice; now: number }) {
  const goesOut = isMailEnabled();
  const { client, open } = entry;
  const { locale } = practice;
  return (
    <li className="border-t border-line py-5 first:border-t-0 first:pt-0">
      <p>
        <ClientName client={client} />
        {client.phone && `, ${formatPhone(client.phone, getPhoneCountryOfPractice(practice))}`}
        {entry.isUrgent && <b className="text-clay"> Urgent</b>}
      </p>
      <p className="text-small">
        {sayWaitlistMassage(entry)}: {sayDayParts(entry, locale)}, {sayWaitlistDateRange(entry, locale)}
        {entry.swaps !== null && `, in place of ${sayMoment(entry.swaps, practice)}`}.
      </p>
      <p className="mb-3 text-small text-soft">
        {sayWaited(now - entry.createdAt)}
        {entry.offers > 0 && ` Offered ${sayTimes(entry.offers)}.`}
        {!entry.isConfirmed &&
          byMail(
            ' Has not pressed the link in our e-mail yet, so nothing is offered. If you have talked to them, confirm it here.',
            ' Asked online: nothing is offered yet. Call them, then confirm it here.',
          )}
        {entry.isConfirmed && goesOut && client.email === '' && ' No e-mail address: offer by phone.'}
        {entry.hasBounced && ' E-mails to their address come back: offer by phone.'}
      </p>
      {open && (
        <p className="mb-3 text-small">
          <b>
            {sayMoment(open.firstStartAt, practice)}
            {open.sessions > 1 && ` and ${sayNumberInWords(open.sessions - 1)} more`}
          </b>{' '}
          with {open.therapist} is held for them until {sayTime(practice.timeZone, open.expiresAt, locale)}.
        </p>
      )}
      <div className="flex flex-wrap gap-3">
        {open?.mayAnswer && (
          <>
            <Press
              action={recordOfferAnswer}
              values={{ id: entry.id, offer: open.id, answer: 'yes' }}
              who={client.name}
            >
              They say yes
            </Press>
            <Press action={recordOfferAnswer} values={{ id: entry.id, offer: open.id, answer: 'no' }} who={client.name}>
              They say no
            </Press>
          </>
        )}
        {!open && entry.isConfirmed && (
          <ButtonLink href={`/practice/waitlist/${entry.id}`} kind="plain" slim>
            Offer a time<span className="sr-only"> to {client.name}</span>
          </ButtonLink>
        )}
        {!entry.isConfirmed && (
          <Press action={confirmWaitlistEntry} values={{ id: entry.id }} who={client.name}>
            Confirm for them
          </Press>
        )}
        {entry.mayRemove && (
          <Press action={remove} values={{ id: entry.id }} who={client.name}>
            Remove
          </Press>
        )}
      </div>
    </li>
  );
}

/** Leads to their page, where the viewer may see it. */
function ClientName({ client: { id, name, isTheirs } }: { client: WaitingClient['client'] | OpenOffer['client'] }) {
  const said = <bdi>{name}</bdi>;
  if (!isTheirs) return <span className="font-medium wrap-anywhere">{said}</span>;
  return (
    <a href={`/practice/clients/${id}`} className="font-medium wrap-anywhere">
      {said}
    </a>
  );
}

function Open({ open, practice }: { open: OpenOffer; practice: Practice }) {
  const { client, starts } = open;
  const { timeZone, locale } = practice;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-4 first:border-t-0 first:pt-0">
      <p className="text-small">
        <b>
          {sayMoment(starts[0]!, practice)}
          {starts.length > 1 && ` and ${sayNumberInWords(starts.length - 1)} more`}
        </b>{' '}
        with {open.therapist}, to <ClientName client={client} />
        {open.isSkipped && ', who had skipped it'}, until {sayTime(timeZone, open.expiresAt, locale)}.
        {open.isUnsent && byMail(' The e-mail has not gone yet.', ' No e-mail is sent: call them.')}
      </p>
      <Press action={withdrawOffer} values={{ offer: open.id }} who={client.name}>
        Take it back
      </Press>
    </li>
  );
}

function Press(props: {
  action: (form: FormData) => Promise<void>;
  values: Record<string, string>;
  who: string;
  children: React.ReactNode;
}) {
  return (
    <ActionForm action={props.action}>
      {Object.entries(props.values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button kind="plain" slim>
        {props.children}
        <span className="sr-only">, {props.who}</span>
      </Button>
    </ActionForm>
  );
}

function sayFilled({ sessions, minutes }: { sessions: number; minutes: number }, goesOut: boolean): string {
  if (sessions === 0 && !goesOut) return 'Who waits for what, and for how long.';
  if (sessions === 0)
    return 'Freed time is held and offered by itself: five minutes after it becomes free, ten where the change can be undone, and never from 22:00 to 07:00.';
  const hours = Math.round(minutes / 6) / 10;
  return `In the last year the list has filled ${hours} ${hours === 1 ? 'hour' : 'hours'}: ${sessions === 1 ? 'one session' : `${sessions} sessions`}.`;
}

function sayWaited(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  if (days === 0) return 'Waiting since today.';
  return days === 1 ? 'Waiting since yesterday.' : `Has waited ${days} days.`;
}

function sayTimes(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${sayNumberInWords(count)} times`;
}

function sayMoment(instant: number, { timeZone, locale }: Practice): string {
  return `${sayDay(toWall(timeZone, instant).on, 'short', locale)}, ${sayTime(timeZone, instant, locale)}`;
}
