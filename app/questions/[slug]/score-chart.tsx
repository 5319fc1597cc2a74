import { changeWorthHaving } from '@/care/progress';

/** An example of how a score is judged: where it starts, what would be worth having, and when it is looked at. */
export function ScoreChart({ of, start, sessions }: { of: string; start: number; sessions: number }) {
  const worth = Math.min(start - changeWorthHaving(start), Math.floor(start * 0.7));
  const said = `A line from 0 to 10 for ${of}, over ${sessions} sessions. The three scores from before average ${start}. The review comes after session 4. A score of ${worth} or less is a change worth having.`;
  const facts = { start, worth, sessions, said };
  return (
    <figure className="mt-6 max-w-[40rem] print:hidden">
      <Drawing {...facts} width={352} height={250} left={34} bottom={52} className="wide:hidden" />
      <Drawing {...facts} width={640} height={280} left={44} bottom={54} className="hidden wide:block" isWide />
      <figcaption className="mt-3 max-w-[34rem] text-small text-soft">
        An example, not a promise. If your scores from before average {start}, look for {worth} or less, twice in a row.
      </figcaption>
    </figure>
  );
}

function Drawing(props: {
  start: number;
  worth: number;
  sessions: number;
  said: string;
  width: number;
  height: number;
  left: number;
  bottom: number;
  className: string;
  isWide?: boolean;
}) {
  const { start, worth, sessions, left } = props;
  const [top, right, floor] = [10, props.width - 8, props.height - props.bottom];
  const x = (session: number) => left + ((right - left) * session) / sessions;
  const y = (score: number) => floor - ((floor - top) * score) / 10;
  const labels = Array.from({ length: sessions }, (_, index) => index + 1);
  const bold = 'fill-ink font-[550]';
  // In a long series the review stands too far left for words before it.
  const isEarly = x(4) < props.width / 2;
  return (
    <svg
      viewBox={`0 0 ${props.width} ${props.height}`}
      width="100%"
      role="img"
      aria-label={props.said}
      className={`${props.className} [&_text]:fill-soft [&_text]:font-sans [&_text]:text-[13px]`}
    >
      <rect x={left} y={y(worth)} width={right - left} height={floor - y(worth)} className="fill-fill-most" />
      <line x1={left} x2={right} y1={floor} y2={floor} className="stroke-ink" />
      <line x1={left} x2={right} y1={top} y2={top} className="stroke-line" />
      <line x1={left} x2={right} y1={y(worth)} y2={y(worth)} className="stroke-euc" />
      <line x1={left} x2={right} y1={y(start)} y2={y(start)} strokeDasharray="2 4" className="stroke-soft" />
      <line x1={x(4)} x2={x(4)} y1={top} y2={floor + 6} className="stroke-ink" />
      <circle cx={left} cy={y(start)} r="5" className="fill-ink" />
      <g textAnchor="end">
        {[0, worth, start, 10].map((score) => (
          <text key={score} x={left - 14} y={y(score) + 5} className={score === worth || score === start ? bold : ''}>
            {score}
          </text>
        ))}
        <text x={right} y={floor + 44}>
          session
        </text>
      </g>
      <text x={x(4) + (isEarly ? 9 : -9)} y={top + 19} textAnchor={isEarly ? 'start' : 'end'} className={bold}>
        Review after session 4
      </text>
      <text x={left + 12} y={y(start) - 9} className={bold}>
        {start} before
      </text>
      <text x={(isEarly ? x(4) : left) + 12} y={y(worth) + 22}>
        {worth} or less: {props.isWide ? 'a change worth having' : 'worth having'}
      </text>
      <g textAnchor="middle">
        <text x={left} y={floor + 24} className={bold}>
          now
        </text>
        {labels.map((session) => (
          <text key={session} x={x(session)} y={floor + 24} className={session === 4 ? bold : ''}>
            {session}
          </text>
        ))}
      </g>
    </svg>
  );
}
