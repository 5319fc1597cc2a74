import { Notice } from '@/components/notice';
import { sayNumberInWords } from '@/scheduling/formatting';
import type { DateRow } from './date-rows';

/** Which of the dates somebody else took while the reader was deciding. */
export function TakenDatesNotice(props: {
  rows: DateRow[];
  rest: string;
  link?: { href: string; label: string } | false;
}) {
  const clashing = props.rows.filter((row) => row.state === 'clash');
  if (clashing.length === 0) return null;
  const title =
    clashing.length === 1
      ? 'Someone just took one of your dates'
      : `Someone just took ${sayNumberInWords(clashing.length)} of your dates`;
  return (
    <div className="pb-8">
      <Notice tone="bad" id="answer" title={title} live>
        <p>
          {clashing.map(({ day, hours }) => `${day}, ${hours}`).join('; ')}: gone. {props.rest}
        </p>
        {props.link && <a href={props.link.href}>{props.link.label}</a>}
      </Notice>
    </div>
  );
}
