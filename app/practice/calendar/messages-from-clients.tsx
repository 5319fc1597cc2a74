import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { Staff } from '@/db/access/viewer';
import type { AppointmentFacts } from '@/db/appointments/appointment-facts';
import {
  listClientMessagesOfSeries,
  type UnansweredMessagesOfSeries as Waiting,
} from '@/db/messages/messages-from-clients';
import type { Practice } from '@/db/practice/practice';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { markMessageAnswered } from './actions';
import { calendarHref } from './calendar-url';
import { HiddenAppointmentFields } from './hidden-appointment-fields';

const MOST_SHOWN = 5;

/** The clients who wrote and have no answer yet; each links to the date where the message is read. */
export function UnansweredMessagesNotice({ waiting, practice }: { waiting: Waiting[]; practice: Practice }) {
  if (waiting.length === 0) return null;
  return (
    <div id="notice-messages" tabIndex={-1} className="outline-none print:hidden">
      <Notice tone="quiet" title={waiting.length === 1 ? 'A client has written to you' : 'Clients have written to you'}>
        <WaitingList waiting={waiting.slice(0, MOST_SHOWN)} timeZone={practice.timeZone} />
        {waiting.length > MOST_SHOWN && (
          <details>
            <summary className="min-h-11 cursor-pointer py-2.5">And {waiting.length - MOST_SHOWN} more</summary>
            <WaitingList waiting={waiting.slice(MOST_SHOWN)} timeZone={practice.timeZone} />
          </details>
        )}
      </Notice>
    </div>
  );
}

function WaitingList({ waiting, timeZone }: { waiting: Waiting[]; timeZone: string }) {
  return (
    <ul>
      {waiting.map(({ seriesId, clientName, many, uid, startsAt }) => {
        const { on } = toWallTime(timeZone, startsAt);
        return (
          <li key={seriesId}>
            <a
              href={calendarHref({ on, view: 'day', whose: 'everyone', only: undefined, open: uid })}
              className="inline-flex min-h-11 items-center"
            >
              Read what <bdi className="mx-1">{clientName}</bdi> wrote{many > 1 && ` (${many} messages)`}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

interface AppointmentMessagesProps {
  viewer: Staff;
  facts: AppointmentFacts;
  locale: string;
  /** The calendar's own address, to come back to. */
  back: string;
}

/** What an appointment's client wrote by the link to the plan, the newest first. */
export async function AppointmentMessages({ viewer, facts, locale, back }: AppointmentMessagesProps) {
  const messages = await listClientMessagesOfSeries(viewer, facts.seriesUid);
  if (messages.length === 0) return null;
  const format = (instant: number) =>
    `${formatDay(toWallTime(facts.timeZone, instant).on, 'short', locale)} at ${formatTime(facts.timeZone, instant, locale)}`;
  return (
    <section aria-labelledby="messages-heading" className="my-4">
      <h3 id="messages-heading" className="text-small font-semibold">
        {messages.length === 1 ? 'Message' : 'Messages'} from the client
      </h3>
      <ul>
        {messages.map(({ id, words, sentAt, answeredAt }) => (
          <li key={id} className="mt-2 border-l-2 border-euc pl-3">
            <p className="text-small text-soft">
              {format(sentAt)}
              {answeredAt !== null && `, answered ${format(answeredAt)}`}
            </p>
            <p className="font-serif text-[1.0625rem] leading-[1.625rem] wrap-anywhere whitespace-pre-line">
              <bdi>{words}</bdi>
            </p>
            {answeredAt === null && (
              <ActionForm action={markMessageAnswered} className="mt-2">
                <HiddenAppointmentFields facts={facts} back={back} />
                <input type="hidden" name="message" value={id} />
                <Button kind="plain" slim>
                  Mark as answered
                </Button>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
