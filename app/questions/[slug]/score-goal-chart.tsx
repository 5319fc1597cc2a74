import { getHighestScoreOfImportantChange } from '@/care/progress';

const WIDTH = 352;
const [LEFT, TOP, RIGHT, FLOOR] = [34, 24, 344, 194];
const yOf = (score: number) => FLOOR - ((FLOOR - TOP) * score) / 10;

/**
 * For each starting score, the highest later score that counts as a worthwhile change; below 0 where the score cannot
 * fall enough.
 */
const worthFrom = Array.from({ length: 11 }, (_, start) => Math.floor(getHighestScoreOfImportantChange(start)));

/**
 * How a score is judged: where it starts, what would be a worthwhile change, and when that is checked. Shows an example
 * until browser/score-chart.ts draws the reader's own score.
 */
export function ScoreGoalChart({ of: measure, start, sessions }: { of: string; start: number; sessions: number }) {
  const worth = worthFrom[start]!;
  const x = (session: number) => LEFT + ((RIGHT - LEFT) * session) / sessions;
  const bold = 'fill-ink font-[550]';
  return (
    <figure
      className="score-chart mt-3 max-w-[26rem] print:max-w-[18rem] print:break-inside-avoid"
      data-worth-from={worthFrom.join(' ')}
      data-floor={FLOOR}
      data-step={(FLOOR - TOP) / 10}
    >
      <svg
        viewBox={`0 0 ${WIDTH} 234`}
        width="100%"
        role="img"
        aria-label={`A scale from 0 to 10 for ${measure}, over ${sessions} sessions, with a review after session 4`}
        aria-describedby="score-chart-says"
        className="[&_text]:fill-soft [&_text]:font-sans [&_text]:text-[13px]"
      >
        <g className="worth">
          <rect
            data-zone=""
            x={LEFT}
            y={yOf(worth)}
            width={RIGHT - LEFT}
            height={FLOOR - yOf(worth)}
            className="fill-fill-most"
          />
        </g>
        <path d={`M${LEFT} ${FLOOR}H${RIGHT}`} className="stroke-ink" />
        <path d={`M${LEFT} ${TOP}H${RIGHT}`} className="stroke-line" />
        <path d={`M${x(4)} ${TOP}V${FLOOR + 6}`} className="stroke-ink" />
        <g textAnchor="end">
          <text x={LEFT - 14} y={FLOOR + 5}>
            0
          </text>
          <text x={LEFT - 14} y={TOP + 5}>
            10
          </text>
        </g>
        <g className="worth" data-at="worth" transform={`translate(0 ${yOf(worth)})`}>
          <path d={`M${LEFT} 0H${RIGHT}`} className="stroke-euc" />
          <text x={LEFT - 14} y="5" textAnchor="end" className={bold} data-say="worth">
            {worth}
          </text>
          <text x={LEFT + 12} y={worth < 2 ? -7 : 18} data-label="">
            <tspan data-say="worth">{worth}</tspan> or less: worth having
          </text>
        </g>
        <g data-at="start" transform={`translate(0 ${yOf(start)})`}>
          <path d={`M${LEFT} 0H${RIGHT}`} strokeDasharray="2 4" className="stroke-soft" />
          <circle cx={LEFT} cy="0" r="5" className="fill-ink" />
          <text x={LEFT - 14} y="5" textAnchor="end" className={bold} data-say="start">
            {start}
          </text>
          <text x={LEFT + 12} y="-9" className={bold}>
            <tspan data-say="start">{start}</tspan> before
          </text>
        </g>
        <g textAnchor="middle">
          <text x={LEFT} y={FLOOR + 22} className={bold}>
            now
          </text>
          {Array.from({ length: sessions }, (_, index) => index + 1).map((session) => (
            <text key={session} x={x(session)} y={FLOOR + 22} className={session === 4 ? bold : ''}>
              {session}
            </text>
          ))}
        </g>
        <text x={Math.min(x(4), RIGHT)} y={FLOOR + 39} textAnchor={sessions === 4 ? 'end' : 'middle'} className={bold}>
          Review after session 4
        </text>
      </svg>
      <figcaption id="score-chart-says" className="mt-1.5 text-small text-soft">
        <span className="example">An example, not a promise. </span>
        <span className="own">From the score you noted, and no promise. </span>
        <span className="worth">
          If your scores from before average <span data-say="start">{start}</span>, look for{' '}
          <span data-say="worth">{worth}</span> or less, twice in a row.
        </span>
        <span className="nothing">From 0 there is nothing to bring down.</span>
      </figcaption>
    </figure>
  );
}
