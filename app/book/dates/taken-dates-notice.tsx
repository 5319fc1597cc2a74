import { Notice } from '@/components/notice';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import type { DateRow } from './date-rows';

/** Names the dates that became unavailable while the reader was deciding. */
export function TakenDatesNotice(props: {
  rows: DateRow[];
  rest: string;
  link?: { href: string; label: string } | false;
}) {
  const clashing = props.rows.filter((row) => row.state === 'clash');
  if (clashing.length === 0) return null;
  const count = formatNumberInWords(clashing.length);
  // Nobody took a date that is a holiday or a closed hour.
  const isTaken = clashing.every(({ mayFreeUp, besideId }) => mayFreeUp || besideId !== undefined);
  const title = isTaken
    ? `Someone just took ${count} of your dates`
    : `${capitalizeFirstLetter(count)} of your dates ${clashing.length === 1 ? 'is' : 'are'} not free`;
  return (
    <div className="pb-8">
      <Notice tone="bad" id="answer" title={title} live>
        <p>
          {clashing.map(({ day, hours }) => `${day}, ${hours}`).join('; ')}
          {isTaken ? ': gone' : ''}. {props.rest}
        </p>
        {props.link && <a href={props.link.href}>{props.link.label}</a>}
      </Notice>
    </div>
  );
}
