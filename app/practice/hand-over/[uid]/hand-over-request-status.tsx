import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { HandOverRequestView } from '@/db/booking/hand-over-requests-to-clients';
import type { Practice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatDayAtTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { recordHandOverAnswer } from './actions';

/** What the client was asked, the state of the request, and what staff can do about it. */
export function HandOverRequestStatus({ request, practice }: { request: HandOverRequestView; practice: Practice }) {
  const { state, stayed, dates, hasEmail } = request;
  if (state === 'settled' || state === 'accepted') return null;
  const [from, to] = [extractFirstName(request.from.name), extractFirstName(request.to.name)];
  const when = (instant: number) => formatDayAtTime(practice.timeZone, instant, 'long', practice.locale);
  const isOpen = state === 'waiting' || state === 'unanswered';
  const undecided = state === 'partly' ? dates.filter(({ uid }) => stayed.includes(uid)) : dates;
  const titles = {
    waiting: 'Waiting for the client’s answer',
    unanswered: 'No answer came',
    declined: 'The client said no',
    partly: 'The client said yes, but some new times were taken',
  };
  const words = {
    waiting: `Asked whether ${to} may take over from ${from}. They can answer until ${when(request.answerBy)}. Nothing has changed yet, and no time of ${to}’s is held.`,
    unanswered: `They were asked whether ${to} may take over from ${from}, and could answer until ${when(request.answerBy)}. Every date is still with ${from}. Call them, or decide below.`,
    declined: `Every date stays with ${from}.`,
    partly: `These dates are still with ${from}, and the others are with ${to} now. Hand them over below at another time, or leave them.`,
  };
  return (
    <div className="pb-10">
      <Notice tone={state === 'waiting' ? 'quiet' : 'bad'} title={titles[state]} id="asked" live>
        <p>{words[state]}</p>
        {state === 'waiting' && !(hasEmail && isMailEnabled()) && (
          <p className="mt-2 font-medium">No e-mail was sent: call them, and press below what they said.</p>
        )}
        <ol className="my-3">
          {undecided.map((date) => (
            <li key={date.uid}>
              {when(date.from)}
              {date.to !== date.from && `, ${isOpen ? 'which would be' : 'asked for'} ${when(date.to)}`}
            </li>
          ))}
        </ol>
        <ActionForm action={recordHandOverAnswer} className="flex flex-wrap gap-3">
          <input type="hidden" name="id" value={request.id} />
          {isOpen && (
            <>
              <Button slim name="answer" value="yes">
                They said yes
              </Button>
              <Button kind="plain" slim name="answer" value="no">
                They said no
              </Button>
            </>
          )}
          <Button kind="plain" slim name="answer" value="settle">
            {isOpen ? 'Do not ask any more' : 'Done with it'}
          </Button>
        </ActionForm>
      </Notice>
    </div>
  );
}
