import { SeriesAvailabilityLine } from '@/components/series-availability-line';
import { encodeRunLengths } from './times-grid';

const fills = { all: 'bg-fill-all', most: 'bg-fill-most', some: 'bg-fill-some' };

/** What the fills and the line mean. */
export function TimesLegend({ sessions }: { sessions: number }) {
  if (sessions === 1) return null;
  const middle = Math.floor(sessions / 2);
  const samples = [
    { level: 'all', open: sessions, line: [sessions], means: 'every date is free' },
    {
      level: 'most',
      open: sessions - 1,
      line: [middle, 1, sessions - middle - 1],
      means: 'a few clash; the line breaks there',
    },
    {
      level: 'some',
      open: Math.ceil(sessions / 3),
      line: encodeRunLengths(Array.from({ length: sessions }, (_, at) => at % 3 === 0)),
      means: 'many clash',
    },
  ] as const;
  return (
    <ul className="grid gap-x-8 gap-y-2 text-small text-soft wide:grid-cols-4 wide:justify-between">
      {samples.slice(0, sessions > 3 ? 3 : 2).map(({ level, open, line, means: meaning }) => (
        <li key={level} className="grid grid-cols-[84px_auto] items-center gap-3">
          <span className={`relative block min-h-10 rounded-[2px] px-2.5 pt-1.5 text-ink ${fills[level]}`}>
            <b className={`text-[0.9375rem] leading-5 ${level === 'all' ? 'font-[650]' : 'font-[450]'}`}>
              {open} of {sessions}
            </b>
            <span className="absolute inset-x-2.5 bottom-1.5 text-euc">
              <SeriesAvailabilityLine line={[...line]} />
            </span>
          </span>
          {meaning}
        </li>
      ))}
      <li className="grid grid-cols-[84px_auto] items-center gap-3">
        <span aria-hidden="true" className="text-center">
          –
        </span>
        none free
      </li>
    </ul>
  );
}
