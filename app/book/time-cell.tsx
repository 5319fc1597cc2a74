import { Ticks } from '@/components/ticks';
import type { Cadence } from '@/scheduling/cadence';
import type { Cell } from './grid';
import { sayClashes, sayOpen, sayWhen, sayWho } from './words';

export interface CellProps {
  cell: Cell;
  names: Record<string, string>;
  cadence: Cadence;
  href: string;
  isChosen: boolean;
  /** Out of the frame that it is shown in. */
  target?: '_top';
}

const fills = { all: 'bg-fill-all', most: 'bg-fill-most', some: 'bg-fill-some' };
const shapes = {
  grid: 'flex min-h-[46px] items-center justify-between gap-2 px-2.5 pt-[3px] pb-[9px]',
  duo: 'flex min-h-[58px] flex-col items-start justify-center px-2 pt-[5px] pb-3',
  day: 'grid min-h-14 grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-2 px-3 pt-1 pb-[13px]',
};
const lines = { grid: 'inset-x-2.5 bottom-1.5', duo: 'inset-x-2 bottom-[7px]', day: 'inset-x-3 bottom-2' };

/**
 * A time that can be kept: how many dates are free, with whom, and the line that breaks where one clashes. Read aloud
 * it is one sentence; number, line and fill say the same to the eye.
 */
export function TimeCell(props: CellProps & { shape: keyof typeof shapes }) {
  const { cell, names, cadence, href, isChosen, target, shape } = props;
  const who = sayWho(cell.therapists, names);
  const clashes = sayClashes(cell.clashes);
  const soft = isChosen ? 'font-semibold' : cell.level === 'all' ? 'text-ink opacity-80' : 'text-soft';
  const strong =
    cell.level === 'all' || isChosen ? 'font-[650]' : cell.level === 'some' ? 'font-[450] text-soft' : 'font-[450]';
  return (
    <a
      href={href}
      target={target}
      aria-current={isChosen || undefined}
      className={`relative h-full rounded-[2px] no-underline transition-shadow hover:shadow-[inset_0_0_0_1.5px_var(--euc)] ${shapes[shape]} ${
        isChosen ? 'bg-euc text-on-euc hover:text-on-euc' : `${fills[cell.level]} text-ink hover:text-ink`
      }`}
    >
      <span className="sr-only">
        {sayWhen(cell, cadence)} with {who},{' '}
      </span>
      {shape === 'day' && (
        <span aria-hidden="true" className="font-serif text-[1.25rem] leading-6 font-medium">
          {cell.time}
        </span>
      )}
      <b
        className={`text-[0.9375rem] leading-5 whitespace-nowrap first-letter:uppercase ${shape === 'day' ? 'order-3' : ''} ${strong}`}
      >
        {sayOpen(cell)}
      </b>
      <span className="sr-only">
        {cell.of > 1 ? ' free' : ''}
        {clashes ? `, ${clashes}` : ''}
      </span>
      <span aria-hidden="true" className={`truncate ${shape === 'day' ? 'text-small' : 'text-tiny'} ${soft}`}>
        {who}
        {isChosen && shape === 'day' ? ', chosen' : ''}
      </span>
      <span className={`absolute ${lines[shape]} ${isChosen ? 'text-on-euc' : 'text-euc'}`}>
        <Ticks open={cell.line} />
      </span>
    </a>
  );
}

export function NoTime() {
  return (
    <span className="grid min-h-[46px] place-items-center text-tiny text-soft">
      <span aria-hidden="true">–</span>
      <span className="sr-only">none free</span>
    </span>
  );
}

/** What the fills and the line mean. */
export function Key({ of }: { of: number }) {
  if (of === 1) return null;
  const samples = [
    { level: 'all', open: of, line: Array<boolean>(of).fill(true), means: 'every date is free' },
    {
      level: 'most',
      open: of - 1,
      line: Array.from({ length: of }, (_, at) => at !== Math.floor(of / 2)),
      means: 'a few clash; the line breaks there',
    },
    {
      level: 'some',
      open: Math.ceil(of / 3),
      line: Array.from({ length: of }, (_, at) => at % 3 === 0),
      means: 'many clash',
    },
  ] as const;
  return (
    <ul className="grid gap-x-8 gap-y-2 text-small text-soft wide:grid-cols-4 wide:justify-between">
      {samples.slice(0, of > 3 ? 3 : 2).map(({ level, open, line, means }) => (
        <li key={level} className="grid grid-cols-[84px_auto] items-center gap-3">
          <span className={`relative block min-h-10 rounded-[2px] px-2.5 pt-1.5 text-ink ${fills[level]}`}>
            <b className={`text-[0.9375rem] leading-5 ${level === 'all' ? 'font-[650]' : 'font-[450]'}`}>
              {open} of {of}
            </b>
            <span className="absolute inset-x-2.5 bottom-1.5 text-euc">
              <Ticks open={[...line]} />
            </span>
          </span>
          {means}
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
