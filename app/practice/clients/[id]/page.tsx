import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { CarriedOutNotice } from '@/app/practice/time-off/carried-out-notice';
import { requireRole } from '@/auth';
import { ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { PracticeShell } from '@/components/shell';
import { isTherapistOrOwner, managesAllCalendars } from '@/db/access/viewer';
import { listHandOverRequests } from '@/db/booking/hand-over-requests-to-clients';
import { getRebookingHoldOfClient } from '@/db/booking/rebooking-holds';
import { getClientHealthStatus } from '@/db/care/client-health-status';
import { listProgress } from '@/db/care/pain-scores';
import { listMailToClient } from '@/db/delivery/outbox-for-staff';
import { findBounce } from '@/db/messages/bounces';
import { listLedgerEntriesOfClient } from '@/db/money/client-ledger-entries';
import { listOwedOfClient } from '@/db/money/owed';
import { type ClientView, getClient } from '@/db/people/get-client';
import { getPractice } from '@/db/practice/practice';
import { formatDateWithoutWeekday } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { AlertList } from './alert-list';
import { getBookNextSessionHref } from './book-session-href';
import { ClientAuditLog } from './client-audit-log';
import { ClientDateList } from './client-date-list';
import { ClientDetailsList } from './client-details-list';
import { clientFlashTexts } from './client-flash-texts';
import { ClientHealthAnswers } from './client-health-answers';
import { ClientMailList } from './client-mail-list';
import { ClientPayments } from './client-payments';
import { ClientScores } from './client-scores';
import { RebookingHoldSection } from './held/rebooking-hold-section';
import { ClientNotesSection } from './notes/client-notes-section';
import { SeriesProgressSummary } from './series-progress-summary';

export const metadata: Metadata = { title: 'Client', robots: { index: false } };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ flash?: string | string[]; dates?: string | string[]; change?: string | string[] }>;
}

/** How many past dates are shown before "All past dates" is pressed. */
const FEW = 6;

export default async function ClientPage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const [{ id }, { flash, dates: requested, change }] = await Promise.all([params, searchParams]);
  const client = await getClient(viewer, id);
  if (!client) notFound();
  const practice = await getPractice();
  const [bookHref, bounce, care, mail, payments, owed, progress, held] = await Promise.all([
    getBookNextSessionHref(viewer, client, { practice, now }),
    findBounce(viewer, id),
    getClientHealthStatus(viewer, id, { now }),
    listMailToClient(viewer, id, { now }),
    listLedgerEntriesOfClient(viewer, id),
    listOwedOfClient(viewer, id, { now }),
    isTherapistOrOwner(viewer) ? listProgress(viewer, id, { now }) : null,
    getRebookingHoldOfClient(viewer, id, { now }),
  ]);
  const dates = client.plans.flatMap(({ appointments }) => appointments);
  const next = dates.filter(({ endsAt, status }) => endsAt > now && status === 'booked');
  const past = dates.filter((date) => !next.includes(date));
  const shown = past.toSorted((a, b) => b.startsAt - a.startsAt).slice(0, requested === 'all' ? undefined : FEW);
  const note =
    typeof flash === 'string' && Object.hasOwn(clientFlashTexts, flash) ? clientFlashTexts[flash] : undefined;
  const words = client.plans.filter(({ note }) => note);
  const handOvers = await listHandOverRequests(
    viewer,
    { now },
    client.plans.map(({ uid }) => uid),
  );
  const requestedIds = new Set(
    handOvers.filter(({ state }) => state === 'waiting').flatMap((requested) => requested.dates.map(({ uid }) => uid)),
  );
  const extra = client.extraMinutes > 0 ? [`${client.extraMinutes} minutes more are kept for them`] : [];
  const alerts = [...new Set([...(client.alerts ?? []), ...(care?.sheet?.alerts ?? []), ...extra])];
  const list = { viewer, practice, now };
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      <div className="pt-6 pb-6">
        <Head client={client} practice={practice} bookHref={bookHref} />
        {note && (
          <div className="mt-6">
            <Notice tone={note.tone} title={note.title} id="flash" live>
              {note.text}
            </Notice>
          </div>
        )}
      </div>
      <CarriedOutNotice {...{ viewer, practice, now }} changeId={change} back={`/practice/clients/${id}`} />
      <AlertList alerts={alerts} className="border-y" />
      <div className="wide:grid wide:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)] wide:gap-x-14">
        <div className="min-w-0 wide:border-r wide:border-line wide:pr-14">
          {client.plans
            .filter(({ sessions, appointments }) => sessions > 1 && appointments.some((date) => next.includes(date)))
            .map((plan) => (
              <SeriesProgressSummary key={plan.uid} plan={plan} {...list} />
            ))}
          {held && (
            <Part title="Held for them">
              <RebookingHoldSection {...{ id, held, practice }} />
            </Part>
          )}
          <Part title="Next dates">
            {next.length === 0 ? (
              <p className="text-soft">Nothing is booked.</p>
            ) : (
              <ClientDateList
                dates={next.toSorted((a, b) => a.startsAt - b.startsAt)}
                pendingHandOvers={requestedIds}
                {...list}
              />
            )}
          </Part>
          <Part
            title="Past dates"
            aside={
              past.length > shown.length && (
                <a href={`/practice/clients/${id}?dates=all`}>All {past.length} past dates</a>
              )
            }
          >
            {past.length === 0 ? (
              <p className="text-soft">None yet.</p>
            ) : (
              <ClientDateList dates={shown} isPast {...list} />
            )}
          </Part>
          {progress && progress.length > 0 && (
            <Part title="Is it helping?">
              <ClientScores plans={progress} practice={practice} />
            </Part>
          )}
          <ClientNotesSection viewer={viewer} id={id} practice={practice} now={now} />
          {words.length > 0 && (
            <Part title="What they wrote when they booked">
              <ul className="border-b border-line">
                {words.map((plan) => (
                  <li key={plan.uid} className="border-t border-line py-3 first:border-t-0">
                    <p className="text-small text-soft">{formatDayAndTime(plan.createdAt, practice, now)}</p>
                    <p className="font-serif text-[1.0625rem] leading-[1.625rem] wrap-anywhere whitespace-pre-line">
                      {plan.note}
                    </p>
                  </li>
                ))}
              </ul>
            </Part>
          )}
          <Part title="E-mails" aside={<a href="/practice/mail">All mail</a>}>
            <ClientMailList mail={mail} practice={practice} now={now} />
          </Part>
        </div>
        <div className="min-w-0">
          <Part title="Contact" aside={<a href={`/practice/clients/${id}/edit`}>Change</a>}>
            <ClientDetailsList
              client={client}
              canManage={managesAllCalendars(viewer)}
              bounce={bounce}
              practice={practice}
            />
          </Part>
          {care && (
            <Part title="Before they come">
              <ClientHealthAnswers clientId={id} standing={care} practice={practice} />
            </Part>
          )}
          <Part title="Payments">
            <ClientPayments
              owed={owed}
              payments={payments.filter(({ kind }) => kind !== 'charge')}
              practice={practice}
            />
          </Part>
          <Part title="What was changed">
            <ClientAuditLog events={client.history} practice={practice} now={now} />
          </Part>
          {managesAllCalendars(viewer) && (
            <Part title="Their data">
              <p className="flex flex-wrap gap-x-6 text-small">
                <a className="inline-flex min-h-11 items-center" href={`/practice/clients/${id}/merge`}>
                  Join with another entry
                </a>
                {viewer.role === 'owner' && (
                  <>
                    <a className="inline-flex min-h-11 items-center" href={`/practice/clients/${id}/export`} download>
                      Export
                    </a>
                    <a
                      className="inline-flex min-h-11 items-center text-clay hover:text-clay"
                      href={`/practice/clients/${id}/erase`}
                    >
                      Erase
                    </a>
                  </>
                )}
              </p>
            </Part>
          )}
        </div>
      </div>
    </PracticeShell>
  );
}

function Head(props: { client: ClientView; practice: { timeZone: string; locale: string }; bookHref: string | null }) {
  const { client, practice, bookHref } = props;
  const since = formatDateWithoutWeekday(toWallTime(practice.timeZone, client.createdAt).on, 'full', practice.locale);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-5">
      <div className="flex min-w-0 items-center gap-5">
        <span
          aria-hidden="true"
          className="grid size-16 flex-none place-items-center rounded-full border-2 border-edge bg-sheet font-serif text-[1.375rem]"
        >
          {initialsOf(client.name)}
        </span>
        <div className="min-w-0">
          <h1 className="text-[2rem]! leading-10! wrap-anywhere">
            <bdi>{client.name}</bdi>
          </h1>
          <p className="text-small text-soft">Client since {since}.</p>
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        {bookHref && (
          <ButtonLink slim href={bookHref}>
            Book a session
          </ButtonLink>
        )}
        {client.phoneLink && (
          <ButtonLink kind="plain" slim href={client.phoneLink}>
            Call
          </ButtonLink>
        )}
        {client.email && (
          <ButtonLink kind="plain" slim href={`/practice/clients/message?to=${client.id}`}>
            Write
          </ButtonLink>
        )}
        <ButtonLink kind="plain" slim href={`/practice/waitlist/new?client=${client.id}`}>
          Put on the waiting list
        </ButtonLink>
      </div>
    </div>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

function Part(props: { title: string; aside?: React.ReactNode; children: React.ReactNode }) {
  return (
    <section aria-label={props.title} className="border-t border-line py-8 first:border-t-0 max-wide:first:border-t">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="text-[1.1875rem]! leading-7!">{props.title}</h2>
        {props.aside && <span className="text-small">{props.aside}</span>}
      </div>
      {props.children}
    </section>
  );
}
