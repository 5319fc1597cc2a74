import { Notice } from '@/components/notice';
import type { UnreachedDate } from '@/db/messages/reminder-states';
import type { Practice } from '@/db/practice/practice';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { calendarHref } from './calendar-url';

const MOST_SHOWN = 5;
const WHY = {
  bounced: ': e-mails to their address come back',
  failed: ': the reminder could not be delivered',
  text: ': the text could not be delivered, an e-mail goes instead',
};

/** Clients of upcoming dates whose e-mails come back or whose reminder was given up: somebody may want to call them. */
export function UnreachedClientsNotice({ dates, practice }: { dates: UnreachedDate[]; practice: Practice }) {
  if (dates.length === 0) return null;
  const { timeZone, locale } = practice;
  return (
    <div id="notice-unreached" tabIndex={-1} className="outline-none print:hidden">
      <Notice
        tone="bad"
        title={
          dates.every(({ why }) => why === 'text')
            ? dates.length === 1
              ? 'A client cannot be reached by text'
              : 'These clients cannot be reached by text'
            : dates.length === 1
              ? 'A client cannot be reached by e-mail'
              : 'These clients cannot be reached by e-mail'
        }
      >
        <ul>
          {dates.slice(0, MOST_SHOWN).map(({ uid, startsAt, clientName, why }) => {
            const { on } = toWallTime(timeZone, startsAt);
            return (
              <li key={uid}>
                <a
                  href={calendarHref({ on, view: 'day', whose: 'everyone', only: undefined, open: uid })}
                  className="inline-flex min-h-11 items-center"
                >
                  <bdi>{clientName}</bdi>, {formatDay(on, 'short', locale)} at {formatTime(timeZone, startsAt, locale)}
                </a>
                {WHY[why]}
              </li>
            );
          })}
        </ul>
        {dates.length > MOST_SHOWN && <p>And {dates.length - MOST_SHOWN} more dates.</p>}
      </Notice>
    </div>
  );
}
