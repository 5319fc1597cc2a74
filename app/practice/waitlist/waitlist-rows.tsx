import type { ReactNode } from 'react';
import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { derivePhoneCountry, formatPhone } from '@/db/input/phone-numbers';
import type { Practice } from '@/db/practice/practice';
import type { OpenOffer, StaffWaitlistEntry } from '@/db/waitlist/waiting-clients';
import { isMailEnabled, pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatHowOften, formatNumberInWords } from '@/scheduling/count-wording';
import { formatDayParts, formatWaitlistDateRange, formatWaitlistMassage } from '@/scheduling/format-waitlist-request';
import { formatTime } from '@/scheduling/formatting';
import { confirmWaitlistEntry, recordOfferAnswer, removeWaitlistEntry, withdrawWaitlistOffer } from './actions';

/** A waiting client, what they wait for, and what staff can do about it. */
export function WaitingClientRow({
  entry,
  practice,
  now,
}: {
  entry: StaffWaitlistEntry;
  practice: Practice;
  now: number;
}) {
  const goesOut = isMailEnabled();
  const { client, open } = entry;
  const { locale } = practice;
  return (
    <li className="border-t border-line py-5 first:border-t-0 first:pt-0">
      <p>
        <ClientName client={client} />
        {client.phone && `, ${formatPhone(client.phone, derivePhoneCountry(practice))}`}
        {entry.bookedBy !== null && (
          <>
            , asked for by <bdi className="wrap-anywhere">{entry.bookedBy}</bdi>, whose phone number and e-mail these
            may be
          </>
        )}
        {entry.isUrgent && <b className="text-clay"> Urgent</b>}
      </p>
      <p className="text-small">
        {formatWaitlistMassage(entry)}: {formatDayParts(entry, locale)}, {formatWaitlistDateRange(entry, locale)}
        {entry.swaps !== null && `, in place of ${formatDayAndTime(entry.swaps, practice)}`}.
      </p>
      <p className="mb-3 text-small text-soft">
        {formatWaited(now - entry.createdAt)}
        {entry.offers > 0 && ` Offered ${formatHowOften(entry.offers)}.`}
        {!entry.isConfirmed &&
          pickTextByMailEnabled(
            ' Has not pressed the link in our e-mail yet, so nothing is offered. If you have talked to them, confirm it here.',
            ' Asked online: nothing is offered yet. Call them, then confirm it here.',
          )}
        {entry.isConfirmed && goesOut && client.email === '' && ' No e-mail address: offer by phone.'}
        {entry.hasBounced && ' E-mails to their address come back: offer by phone.'}
      </p>
      {open && (
        <p className="mb-3 text-small">
          <b>
            {formatDayAndTime(open.firstStartAt, practice)}
            {open.sessions > 1 && ` and ${formatNumberInWords(open.sessions - 1)} more`}
          </b>{' '}
          with {open.therapist} is held for them until {formatTime(practice.timeZone, open.expiresAt, locale)}.
        </p>
      )}
      <div className="flex flex-wrap gap-3">
        {open?.mayAnswer && (
          <>
            <ActionButton
              action={recordOfferAnswer}
              values={{ id: entry.id, offer: open.id, answer: 'yes' }}
              who={client.name}
            >
              They say yes
            </ActionButton>
            <ActionButton
              action={recordOfferAnswer}
              values={{ id: entry.id, offer: open.id, answer: 'no' }}
              who={client.name}
            >
              They say no
            </ActionButton>
          </>
        )}
        {!open && entry.isConfirmed && (
          <ButtonLink href={`/practice/waitlist/${entry.id}`} kind="plain" slim>
            Offer a time<span className="sr-only"> to {client.name}</span>
          </ButtonLink>
        )}
        {!entry.isConfirmed && (
          <ActionButton action={confirmWaitlistEntry} values={{ id: entry.id }} who={client.name}>
            Confirm for them
          </ActionButton>
        )}
        {entry.mayRemove && (
          <ActionButton action={removeWaitlistEntry} values={{ id: entry.id }} who={client.name}>
            Remove
          </ActionButton>
        )}
      </div>
    </li>
  );
}

/** A time that is held for a client until they answer. */
export function OpenOfferRow({ open, practice }: { open: OpenOffer; practice: Practice }) {
  const { client, starts } = open;
  const { timeZone, locale } = practice;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-4 first:border-t-0 first:pt-0">
      <p className="text-small">
        <b>
          {formatDayAndTime(starts[0]!, practice)}
          {starts.length > 1 && ` and ${formatNumberInWords(starts.length - 1)} more`}
        </b>{' '}
        with {open.therapist}, to <ClientName client={client} />
        {open.isSkipped && ', who had skipped it'}, until {formatTime(timeZone, open.expiresAt, locale)}.
        {open.isUnsent &&
          pickTextByMailEnabled(
            ' The e-mail has not gone yet.',
            ' No mail server is set, so no e-mail is sent: call them.',
          )}
      </p>
      <ActionButton action={withdrawWaitlistOffer} values={{ offer: open.id }} who={client.name}>
        Take it back
      </ActionButton>
    </li>
  );
}

/** Links to the client's page, where the viewer may see it. */
function ClientName({
  client: { id, name, isTheirs },
}: {
  client: StaffWaitlistEntry['client'] | OpenOffer['client'];
}) {
  const text = <bdi>{name}</bdi>;
  if (!isTheirs) return <span className="font-medium wrap-anywhere">{text}</span>;
  return (
    <a href={`/practice/clients/${id}`} className="font-medium wrap-anywhere">
      {text}
    </a>
  );
}

function ActionButton(props: {
  action: (form: FormData) => Promise<void>;
  values: Record<string, string>;
  who: string;
  children: ReactNode;
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

function formatWaited(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  if (days === 0) return 'Waiting since today.';
  return days === 1 ? 'Waiting since yesterday.' : `Has waited ${days} days.`;
}
