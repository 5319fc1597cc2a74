import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { type AttendanceDate, findAttendanceDate } from '@/db/messages/confirm-attendance';
import { getTextStateByCode, type NumberTextState } from '@/db/messages/text-links';
import { getPractice, type Practice } from '@/db/practice/practice';
import { formatDay, formatStartAndEndTime, formatZoneCity } from '@/scheduling/formatting';
import { extractFirstName, formatNameAndAddress } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { changeTextConsentByLink, confirmAttendanceByLink } from './actions';

export const metadata: Metadata = { title: 'Are you coming?' };

interface ComingPage {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ flash?: string | string[]; text?: string | string[] }>;
}

/** `who` is the first name of the client, where somebody else booked for them. */
function titleOf(state: AttendanceDate['state'], who: string | null): string {
  const titles = {
    asked: who ? `Is ${who} coming?` : 'Are you coming?',
    confirmed: who ? `Thank you. We expect ${who} then` : 'Thank you. See you then',
    cancelled: 'This date is cancelled',
    over: 'This date is over',
  };
  return titles[state];
}

/**
 * Shows the date of a reminder; only the button confirms that the client comes, because mail programs open links by
 * themselves.
 */
export default async function ComingPage({ params, searchParams }: ComingPage) {
  await connection();
  const [{ token }, { flash, text }] = await Promise.all([params, searchParams]);
  const [practice, date] = await Promise.all([getPractice(), findAttendanceDate(token, { now: Date.now() })]);
  if (!date) notFound();
  const who = date.forClient && extractFirstName(date.forClient);
  const code = [text].flat()[0] ?? '';
  const isByText = code !== '';
  const texts = await getTextStateByCode(code);
  return (
    <Shell practice={practice} current="manage">
      <PageHeader title={titleOf(date.state, who)} />
      {flash === 'busy' && (
        <div className="pb-10">
          <Notice tone="bad" id="flash" title="The practice’s computer is busy just now">
            <p>Nothing was noted. Wait a moment and press the button again.</p>
          </Notice>
        </div>
      )}
      {flash === 'ended' && (
        <div className="pb-10">
          <Notice tone="good" id="flash" title="You get no more texts">
            <p>Reminders come by e-mail.</p>
          </Notice>
        </div>
      )}
      {flash === 'begun' && (
        <div className="pb-10">
          <Notice tone="good" id="flash" title="You get texts again">
            <p>Reminders may come by text from now on.</p>
          </Notice>
        </div>
      )}
      {flash === 'moved' && (
        <div className="pb-10">
          <Notice tone="bad" id="flash" title="This date has another time now">
            <p>Nothing was noted yet. Below is when it is; press again if {who ? `${who} comes` : 'you come'} then.</p>
          </Notice>
        </div>
      )}
      <div className="pb-10">
        <When practice={practice} date={date} />
        {date.state === 'asked' && (
          <ActionForm action={confirmAttendanceByLink}>
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="start" value={date.start} />
            <input type="hidden" name="text" value={code} />
            <Button broad>{who ? `${who} is coming` : 'I’m coming'}</Button>
          </ActionForm>
        )}
        <p className="mt-6 max-w-measure text-small text-soft">
          {date.state === 'asked' || date.state === 'confirmed' ? (
            <>
              {isByText ? (
                <>
                  To move or cancel it, use the link in our e-mails, or <a href="/manage">have it sent again</a>. You
                  can also{' '}
                </>
              ) : (
                `If ${who ?? 'you'} cannot come, use the other link in the same e-mail, or `
              )}
              <ContactPhrase practice={practice} />.
            </>
          ) : (
            <>
              Questions? <ContactPhrase practice={practice} capital />.
            </>
          )}
        </p>
        <TextsChoice {...{ texts, token, code }} />
      </div>
    </Shell>
  );
}

function When({ practice, date }: { practice: Practice; date: AttendanceDate }) {
  const { timeZone, locale } = practice;
  return (
    <p className="mb-6 max-w-measure">
      <b className="block font-serif text-item font-medium">
        {formatDay(toWallTime(timeZone, date.start).on, 'full', locale)},{' '}
        {formatStartAndEndTime(timeZone, date, locale)}
      </b>
      {date.service}
      {date.forClient && (
        <>
          {' '}
          for <bdi>{date.forClient}</bdi>
        </>
      )}{' '}
      with {date.therapist}, at {formatNameAndAddress(practice)}. The time is {formatZoneCity(timeZone)}.
    </p>
  );
}

function TextsChoice({ texts, token, code }: { texts: NumberTextState | null; token: string; code: string }) {
  if (texts === null) return null;
  if (texts === 'stopped')
    return (
      <p className="mt-6 max-w-measure text-small text-soft">
        You get no texts. To get them again, send START to the number they came from.
      </p>
    );
  return (
    <ActionForm action={changeTextConsentByLink} className="mt-6">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="text" value={code} />
      <input type="hidden" name="wants" value={texts === 'on' ? 'off' : 'on'} />
      <Button kind="plain" slim>
        {texts === 'on' ? 'Send me no more texts' : 'Send me texts again'}
      </Button>
    </ActionForm>
  );
}
