import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { EmailedLinkPage } from '@/app/manage/emailed-link-page';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Section } from '@/components/section';
import { findHandOverRequestByLink, type HandOverRequestView } from '@/db/booking/hand-over-requests-to-clients';
import { getPractice, type Practice } from '@/db/practice/practice';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { formatDayAtTime, formatTime, formatZoneCity } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { answerHandOver } from './actions';

export const metadata: Metadata = { title: 'May a colleague take over?' };

interface HandOverLinkPage {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

/** Shows the question; only its buttons answer it, because mail programs open links before their readers do. */
export default async function HandOverLinkPage({ params, searchParams }: HandOverLinkPage) {
  await connection();
  const [{ token }, { flash }] = await Promise.all([params, searchParams]);
  const now = Date.now();
  const [practice, request] = await Promise.all([getPractice(), findHandOverRequestByLink(token, { now })]);
  if (!request) notFound();
  if (request.state !== 'waiting') return <AnswerNotice practice={practice} request={request} />;
  const { timeZone, locale } = practice;
  const [from, to] = [extractFirstName(request.from.name), extractFirstName(request.to.name)];
  const { dates } = request;
  const isOne = dates.length === 1;
  const whose = formatWhose(request);
  return (
    <EmailedLinkPage
      practice={practice}
      isBusy={flash === 'busy'}
      title={`May ${to} take over ${request.bookedBy === null ? '' : `${whose} ${isOne ? 'date' : 'dates'} `}from ${from}?`}
      from={
        <>
          Nothing has changed: {whose} {isOne ? 'date is' : 'dates are'} with <b>{from}</b>. Please answer by{' '}
          <b>{formatDayAtTime(timeZone, request.answerBy, 'long', locale)}</b>.
        </>
      }
    >
      <Section
        title={
          isOne
            ? `With ${to}, if you say yes`
            : `${capitalizeFirstLetter(formatNumberInWords(dates.length))} dates with ${to}, if you say yes`
        }
        aside={`Times are ${formatZoneCity(timeZone)}.`}
      >
        {request.reason && <p className="mb-6 max-w-measure">{request.reason}</p>}
        <ol className="max-w-[46rem] border-b border-line">
          {dates.map((date) => (
            <li key={date.uid} className="border-t border-line py-2.5">
              <b className="font-serif text-[1.0625rem] leading-6 font-medium">
                {formatDayAtTime(timeZone, date.to, 'long', locale)}
              </b>
              {date.to !== date.from && (
                <span className="text-small text-clay">, now {describeTimeNow(date.from, date.to, practice)}</span>
              )}
            </li>
          ))}
        </ol>
        <p className="mt-4 max-w-measure text-small text-soft">
          The price stays as it was booked. We are not holding {to}’s times: if one is taken before you answer, that
          date stays with {from}.
        </p>
        <ActionForm action={answerHandOver} className="mt-6 flex flex-wrap gap-3">
          <input type="hidden" name="token" value={token} />
          <Button broad name="answer" value="yes">
            Yes, with {to}
          </Button>
          <Button kind="plain" broad name="answer" value="no">
            No, stay with {from}
          </Button>
        </ActionForm>
      </Section>
    </EmailedLinkPage>
  );
}

/** Whose dates they are: the reader's, or those of the person they booked for. */
function formatWhose({ bookedBy, clientName }: HandOverRequestView): string {
  return bookedBy === null ? 'your' : `${extractFirstName(clientName)}’s`;
}

function describeTimeNow(from: number, to: number, { timeZone, locale }: Practice): string {
  const isSameDay = toWallTime(timeZone, from).on === toWallTime(timeZone, to).on;
  return isSameDay ? `at ${formatTime(timeZone, from, locale)}` : formatDayAtTime(timeZone, from, 'long', locale);
}

function AnswerNotice({
  practice,
  request,
}: {
  practice: Practice;
  request: HandOverRequestView & { manageToken: string };
}) {
  const [from, to] = [extractFirstName(request.from.name), extractFirstName(request.to.name)];
  const whose = formatWhose(request);
  const theirs = capitalizeFirstLetter(whose);
  const isOne = request.dates.length === 1;
  const seeDates = <ButtonLink href={`/manage/${request.manageToken}`}>See {whose} dates</ButtonLink>;
  if (request.answer === 'yes') {
    const { stayed, dates } = request;
    const isNone = stayed.length >= dates.length;
    const title = isNone
      ? `${theirs} ${isOne ? 'date stays' : 'dates stay'} with ${from} for now`
      : stayed.length > 0
        ? `Some of ${whose} dates are with ${to} now`
        : `${theirs} ${isOne ? 'date is' : 'dates are'} with ${to} now`;
    return (
      <EmailedLinkPage practice={practice} title={title}>
        <div className="pb-10">
          <p className="mb-6 max-w-measure">
            You said yes. Thank you.{' '}
            {stayed.length > 0 &&
              `${stayed.length === 1 ? 'One new time was' : `${stayed.length} new times were`} taken by then, so ${stayed.length === 1 ? 'that date stays' : 'those dates stay'} with ${from} until you hear from us.`}
          </p>
          {seeDates}
        </div>
      </EmailedLinkPage>
    );
  }
  if (request.answer === 'no')
    return (
      <EmailedLinkPage practice={practice} title={`${theirs} ${isOne ? 'date stays' : 'dates stay'} with ${from}`}>
        <div className="pb-10">
          <p className="mb-6 max-w-measure">You said no. Thank you for telling us. Nothing has changed.</p>
          {seeDates}
        </div>
      </EmailedLinkPage>
    );
  const isUnanswered = request.state === 'unanswered';
  return (
    <EmailedLinkPage
      practice={practice}
      title={isUnanswered ? 'The time to answer is over' : 'You no longer need to answer'}
    >
      <div className="pb-10">
        <p className="mb-6 max-w-measure">
          {isUnanswered
            ? 'Nothing has changed. You hear from us if anything does. Want to say something? Please '
            : `${theirs} dates say who each one is with. Questions? Please `}
          <ContactPhrase practice={practice} />.
        </p>
        {seeDates}
      </div>
    </EmailedLinkPage>
  );
}
