import { Button } from '@/components/button';
import { HAND_OVER_ANSWER_DAY_CHOICES } from '@/db/booking/ask-about-hand-over';
import type { Practice } from '@/db/practice/practice';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { addDays } from '@/scheduling/day';
import { formatDay } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

const USUAL_DAYS = 3;

/** The form's other button: the client is asked, and nothing changes before they say yes. */
export function AskClientFirstFields({ firstName, practice }: { firstName: string; practice: Practice }) {
  const { on } = toWallTime(practice.timeZone, Date.now());
  return (
    <fieldset className="grid gap-3 border-t border-line pt-5">
      <legend className="sr-only">Ask the client first</legend>
      <p className="max-w-measure text-small text-soft">
        Or ask first: every date stays as it is until the client says yes, and no time of {firstName}’s is held. If one
        is taken by then, that date stays. If nobody answers, you decide.
      </p>
      <div className="flex flex-wrap items-end gap-3">
        <label className="grid min-w-0 gap-2 text-[0.9375rem] leading-5 font-[550]">
          They can answer until
          <select
            name="days"
            defaultValue={USUAL_DAYS}
            className="min-h-13 rounded border border-edge bg-sheet px-3 text-ui font-normal text-ink"
          >
            {HAND_OVER_ANSWER_DAY_CHOICES.map((days) => (
              <option key={days} value={days}>
                {formatDay(addDays(on, days), 'long', practice.locale)}
              </option>
            ))}
          </select>
        </label>
        <Button kind="plain" name="how" value="ask">
          {pickTextByMailEnabled('Ask by e-mail first', 'Ask the client first')}
        </Button>
      </div>
    </fieldset>
  );
}
