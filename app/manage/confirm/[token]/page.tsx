import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { readConfirmToken } from '@/db/access/emailed-link-tokens';
import { getManageToken } from '@/db/access/manage-tokens';
import { findConfirmLinkTarget } from '@/db/booking/confirm-booking';
import type { PendingRequest } from '@/db/booking/pending-requests';
import { getPractice, type Practice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { formatAllOf, formatNumberInWords } from '@/scheduling/count-wording';
import { formatDay, formatTime, formatZoneCity } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { confirmEmailByLink } from './actions';

export const metadata: Metadata = { title: 'Confirm your e-mail address' };

interface ConfirmPage {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

/**
 * Shows what the link confirms; only its button confirms it, because mail programs open links before their readers do.
 */
export default async function ConfirmPage({ params, searchParams }: ConfirmPage) {
  await connection();
  const [{ token }, { flash }] = await Promise.all([params, searchParams]);
  if (readConfirmToken(token) === null) notFound();
  const [practice, found] = await Promise.all([getPractice(), findConfirmLinkTarget(token, Date.now())]);
  if (!found) return <TooLate practice={practice} />;
  if (found.kind === 'request') {
    const { request } = found;
    return flash === 'taken' ? (
      <NotFree practice={practice} request={request} />
    ) : (
      <ConfirmRequest {...{ practice, request, token }} isBusy={flash === 'busy'} />
    );
  }
  if (found.isConfirmed)
    return (
      <Page practice={practice} title="Your e-mail address is confirmed">
        <ButtonLink href={`/manage/${await getManageToken(found.seriesId)}`}>See your dates</ButtonLink>
      </Page>
    );
  return (
    <Page practice={practice} title="Is this your e-mail address?" isBusy={flash === 'busy'}>
      <p className="mb-6 max-w-measure">
        The dates are booked. Press the button, and {practice.name} knows that its e-mails reach you.
      </p>
      <PressForm token={token}>Confirm my e-mail address</PressForm>
    </Page>
  );
}

async function ConfirmRequest(props: { practice: Practice; request: PendingRequest; token: string; isBusy: boolean }) {
  const { practice, request, token, isBusy } = props;
  const count = request.request.appointments.length;
  return (
    <Page practice={practice} title="Confirm and book" isBusy={isBusy}>
      <p className="mb-6 max-w-measure">
        <b>Nothing is booked yet.</b> Press the button by{' '}
        {formatTime(practice.timeZone, request.until, practice.locale)}, and{' '}
        {count === 1 ? 'this date is' : `these ${formatNumberInWords(count)} dates are`} booked if{' '}
        {count === 1 ? 'it is' : 'they are'} still free.
      </p>
      <PressForm token={token}>Confirm and book {count === 1 ? 'it' : formatAllOf(count)}</PressForm>
      <Dates practice={practice} request={request} />
    </Page>
  );
}

function NotFree({ practice, request }: { practice: Practice; request: PendingRequest }) {
  const isOne = request.request.appointments.length === 1;
  return (
    <Page practice={practice} title={isOne ? 'This time was taken' : 'One of these dates was taken'}>
      <Notice tone="bad" id="flash" title="Nothing was booked">
        <p>
          Somebody else has taken {isOne ? 'it' : 'one of them'} since you asked. Your e-mail address is confirmed now,
          so what you choose next is booked at once.
        </p>
      </Notice>
      <div className="mt-6 flex flex-wrap gap-3">
        <ButtonLink href={request.page ?? '/book'}>
          {request.page && !isOne ? 'Change your dates' : 'Choose another time'}
        </ButtonLink>
      </div>
      <Dates practice={practice} request={request} />
    </Page>
  );
}

function TooLate({ practice }: { practice: Practice }) {
  return (
    <Page practice={practice} title="This link no longer works">
      <p className="mb-6 max-w-measure">
        Nothing was booked with it: it waited too long, or a newer one took its place. Book again, or{' '}
        <ContactPhrase practice={practice} />.
      </p>
      <ButtonLink href="/book">Book a massage</ButtonLink>
    </Page>
  );
}

async function Dates({ practice, request: { request } }: { practice: Practice; request: PendingRequest }) {
  const [services, therapists] = await Promise.all([listServices(), listTherapists()]);
  const nameOf = (entry: { id: string; name: string }[], id: string) => entry.find((item) => item.id === id)?.name;
  return (
    <Section title={request.appointments.length === 1 ? 'The date' : 'The dates'}>
      <ol className="max-w-[46rem] border-b border-line">
        {request.appointments.map(({ startsAt, serviceId, therapistId }, at) => {
          const { on } = toWallTime(practice.timeZone, startsAt);
          const therapist = nameOf(therapists, therapistId);
          const { beside } = request;
          const besideTherapist = nameOf(therapists, beside?.therapistIds[at] ?? '');
          return (
            <li key={startsAt} className="border-t border-line py-2.5 text-small text-soft">
              <b className="font-serif text-[1.0625rem] leading-6 font-medium text-ink">
                {formatDay(on, 'long', practice.locale)}, {formatTime(practice.timeZone, startsAt, practice.locale)}
              </b>{' '}
              {nameOf(services, serviceId)}, {request.minutes} minutes{therapist && `, with ${therapist}`}
              {beside && (
                <span className="block">
                  Side by side: {nameOf(services, beside.serviceIds?.[at] ?? serviceId)},{' '}
                  {beside.minutes ?? request.minutes} minutes{besideTherapist && `, with ${besideTherapist}`}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <p className="mt-3 text-small text-soft">Times are {formatZoneCity(practice.timeZone)}.</p>
    </Section>
  );
}

function PressForm({ token, children }: { token: string; children: ReactNode }) {
  return (
    <ActionForm action={confirmEmailByLink}>
      <input type="hidden" name="token" value={token} />
      <Button broad>{children}</Button>
    </ActionForm>
  );
}

function Page(props: { practice: Practice; title: string; isBusy?: boolean; children: ReactNode }) {
  return (
    <Shell practice={props.practice} current="manage">
      <PageHeader title={props.title} />
      {props.isBusy && (
        <div className="pb-10">
          <Notice tone="bad" id="flash" title="The practice’s computer is busy just now">
            <p>
              Nothing was changed. Wait a moment and press the button again, or{' '}
              <ContactPhrase practice={props.practice} />.
            </p>
          </Notice>
        </div>
      )}
      <div className="pb-10">{props.children}</div>
    </Shell>
  );
}
