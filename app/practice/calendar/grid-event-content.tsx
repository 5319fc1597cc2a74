import type { GridEvent, GridSlot } from './grid-data';

const TONES: Record<GridEvent['tone'], string> = {
  ahead: 'bg-fill-most text-ink',
  done: 'bg-paper text-ink ring-1 ring-inset ring-line',
  missed: 'bg-paper text-soft ring-1 ring-inset ring-line line-through',
  off: 'bg-sand text-soft',
  held: 'bg-sheet text-ink border border-dashed border-edge',
};

const HOUR = 3_600_000;

/** Colour and line show the status on screen; this text says it to screen readers. */
export const STATUS_TEXT = { ahead: '', done: ', completed', missed: ', did not come', off: '', held: ', held' };

/** Keeps "2 of 10" at the end of an event's detail on one line. */
export const keepPlaceTogether = (detail: string) => detail.replace(/(\d+) of (\d+)$/, '$1\u00a0of\u00a0$2');

/** The least height of anything that can be pressed, tall enough for a finger. */
export const leastHeight = (rowHeight: number) => Math.min(44, rowHeight);
const heightOf = ({ start, end }: GridEvent, rowHeight: number) => ((end - start) / HOUR) * 2 * rowHeight;

/**
 * Events of a few minutes that cannot be pressed keep their true height: made taller, they would cover what follows.
 */
export function isThin(event: GridEvent, rowHeight: number): boolean {
  return event.tone === 'off' && event.href === null && heightOf(event, rowHeight) < leastHeight(rowHeight);
}

const LINE_HEIGHT = 16;

/** FullCalendar gives the least height to these events as well, so the content sets its own height. */
export function ThinBody({ event, rowHeight }: { event: GridEvent; rowHeight: number }) {
  const height = heightOf(event, rowHeight);
  return (
    <div
      title={event.title}
      className="overflow-hidden border-y border-line bg-sand px-2 text-tiny leading-4 text-soft"
      style={{ height }}
    >
      <span className={height >= LINE_HEIGHT ? 'block truncate' : 'sr-only'}>{event.title}</span>
    </div>
  );
}

export function SlotBody({ slot }: { slot: GridSlot }) {
  const look = slot.isChosen
    ? 'border-euc bg-euc text-on-euc'
    : 'border-line bg-sheet text-soft hover:border-euc hover:text-ink';
  return (
    <div
      data-slot={slot.id}
      // A selected slot is drawn again at each step; by this id it gets the focus back.
      data-uid={slot.id}
      className={`h-full cursor-pointer overflow-hidden rounded-sm border px-2 py-0.5 text-tiny ${look}`}
    >
      {!slot.isChosen && (
        <span aria-hidden="true" className="mr-1.5 text-euc">
          +
        </span>
      )}
      <span className="sr-only">Book </span>
      {slot.time}
      <span className="sr-only"> with {slot.who}</span>
    </div>
  );
}

export function EventBody({ event, rowHeight }: { event: GridEvent; rowHeight: number }) {
  const look = event.selected ? 'bg-euc text-on-euc' : TONES[event.tone];
  const lifted = {
    from: 'bg-paper! text-soft! ring-1 ring-inset ring-edge',
    to: 'outline-2 -outline-offset-2 outline-euc',
  };
  const isShort = event.end - event.start < HOUR;
  // One line where there is no room for two.
  const isOneLine = heightOf(event, rowHeight) < 44;
  return (
    <div
      // Without "relative", text for screen readers would be outside the box, at the end of a long name.
      data-uid={event.isLifted === 'to' ? undefined : event.id}
      className={`relative h-full overflow-hidden ${event.isLifted ? lifted[event.isLifted] : ''} rounded-sm border-l-3 px-2 ${isOneLine ? 'flex items-baseline gap-2' : rowHeight < 40 ? 'py-0.5' : 'py-1'} ${event.href ? 'cursor-pointer hover:brightness-95' : ''} ${look}`}
      style={{ borderLeftColor: event.colour }}
    >
      <span className="block truncate text-small font-semibold">
        {event.tone === 'done' && <span aria-hidden="true">✓ </span>}
        {event.title}
        {event.state && <span className="ml-2 text-tiny font-normal">{event.state}</span>}
        <span className="sr-only">{STATUS_TEXT[event.tone]}</span>
      </span>
      <span
        className={`text-tiny ${event.selected ? '' : 'text-soft'} ${isShort ? 'block truncate' : 'line-clamp-2 leading-[1.0625rem]'}`}
      >
        {keepPlaceTogether(event.detail)}
      </span>
      {event.movable && <span data-resize className="absolute inset-x-0 bottom-0 h-1.5 cursor-ns-resize" />}
    </div>
  );
}
