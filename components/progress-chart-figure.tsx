import { formatScore, type ProgressAudience } from '@/care/describe-progress';
import type { ProgressChart } from '@/care/progress-chart';

const WORDS: Record<ProgressAudience, { picture: string; range: string; band: string }> = {
  client: {
    picture: 'Your scores as a picture. The table says the same.',
    range: 'your own range',
    band: 'The shaded band shows how far your scores moved before your first session.',
  },
  practitioner: {
    picture: 'The client’s scores as a picture. The table says the same.',
    range: 'their own range',
    band: 'The shaded band shows how far the scores moved before the first session.',
  },
};

/** Hides the line behind a word. */
const HALO = '[paint-order:stroke] [stroke-linejoin:round] [stroke-width:5px]';

/** The scores as a chart. The table below it has the same data. */
export function ProgressChartFigure(props: { chart: ProgressChart; sessions: number; reader?: ProgressAudience }) {
  const { chart, sessions, reader = 'client' } = props;
  const { band } = chart;
  const drawn = { chart, sessions, words: WORDS[reader] };
  return (
    <figure className="max-w-[44rem]">
      <Drawing {...drawn} width={352} height={290} left={30} className="wide:hidden" />
      <Drawing {...drawn} width={720} height={320} left={34} className="hidden wide:block" />
      {band && (
        <figcaption className="mt-3 max-w-[34rem] text-small text-soft">
          {WORDS[reader].band} A score inside it may be ordinary ups and downs.
        </figcaption>
      )}
    </figure>
  );
}

function Drawing(props: {
  chart: ProgressChart;
  sessions: number;
  words: (typeof WORDS)[ProgressAudience];
  width: number;
  height: number;
  left: number;
  className: string;
}) {
  const { chart, left, width, height, words } = props;
  const { points, band, worth } = chart;
  const [top, right, floor] = [26, width - 8, height - 34];
  const before = points.filter(({ session }) => session === null);
  const sessions = Math.max(props.sessions, ...points.map(({ session }) => session ?? 0), 1);
  // Three columns for the scores before, then one for each session.
  const columns = 3 + sessions;
  const x = (place: number) => left + 14 + ((right - left - 28) * place) / (columns - 1);
  const y = (score: number) => floor - ((floor - top) * score) / 10;
  const placed = points.map((point, at) => ({
    ...point,
    x: x(point.session === null ? 3 - before.length + at : 2 + point.session),
    y: y(point.value),
  }));
  const line = placed.map((point) => `${point.x},${point.y}`).join(' ');
  const isBandTall = band !== null && y(band.low) - y(band.high) > 18;
  const isFull = sessions > 8 && width < 400;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      role="img"
      aria-label={words.picture}
      className={`${props.className} [&_text]:fill-soft [&_text]:font-sans [&_text]:text-[12px]`}
    >
      {band && (
        <rect
          x={left}
          y={y(Math.min(10, band.high + (band.high === band.low ? 0.25 : 0)))}
          width={right - left}
          height={Math.max(y(band.low) - y(band.high), 6)}
          className="fill-sand"
        />
      )}
      {worth !== null && (
        <rect x={left} y={y(worth)} width={right - left} height={floor - y(worth)} className="fill-fill-most" />
      )}
      {[0, 2, 4, 6, 8, 10].map((score) => (
        <g key={score}>
          <line
            x1={left}
            x2={right}
            y1={y(score)}
            y2={y(score)}
            className={score === 0 ? 'stroke-ink' : 'stroke-line'}
          />
          <text x={left - 8} y={y(score) + 4} textAnchor="end">
            {score}
          </text>
        </g>
      ))}
      {sessions >= 4 && (
        <g>
          <line x1={x(6)} x2={x(6)} y1={top - 10} y2={floor} strokeDasharray="3 3" className="stroke-ink" />
          <text
            x={x(6) + (sessions > 5 ? 6 : -6)}
            y={top - 12}
            textAnchor={sessions > 5 ? 'start' : 'end'}
            className="fill-ink! font-[550]"
          >
            Check-in
          </text>
        </g>
      )}
      {band && (
        <text
          x={right - 6}
          y={y(band.low) - (isBandTall ? 6 : -14)}
          textAnchor="end"
          className={`${HALO} ${isBandTall ? 'stroke-sand' : 'stroke-paper'}`}
        >
          {words.range}
          {band.low === band.high
            ? `, ${formatScore(band.low)}`
            : `, ${formatScore(band.low)} to ${formatScore(band.high)}`}
        </text>
      )}
      {worth !== null && (
        <text x={right - 6} y={floor - 8} textAnchor="end" className={`${HALO} stroke-fill-most`}>
          {formatScore(worth)} or less: worth having
        </text>
      )}
      <polyline points={line} fill="none" strokeWidth="2" className="stroke-euc" />
      {placed.map((point) => (
        <g key={`${point.x}`}>
          <circle cx={point.x} cy={point.y} r="5" strokeWidth="2" className="fill-euc stroke-paper" />
          <text
            x={point.x + (point.session === 4 ? 9 : 0)}
            y={point.y - 11}
            textAnchor="middle"
            className="fill-ink! font-[550]"
          >
            {point.value}
          </text>
        </g>
      ))}
      <g textAnchor="middle">
        <text x={x(1)} y={floor + 22}>
          before
        </text>
        {Array.from({ length: sessions }, (_, at) => at + 1)
          .filter((session) => !isFull || session % 2 === 0)
          .map((session) => (
            <text key={session} x={x(2 + session)} y={floor + 22}>
              {session}
            </text>
          ))}
      </g>
    </svg>
  );
}
