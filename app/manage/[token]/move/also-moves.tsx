import { REFUSAL_TEXTS } from '@/app/manage/[token]/refusals';
import { sayShortDay } from '@/app/manage/[token]/wording';
import { DateState } from '@/components/date-state';
import { Notice } from '@/components/notice';
import type { AppointmentView } from '@/db/appointments/series';
import type { MovePreviewResult } from '@/db/booking/move-appointments';
import { sayDay, sayTime } from '@/scheduling/wording';
import { toWall } from '@/scheduling/zone';

interface AlongProps {
  preview: MovePreviewResult;
  /** The dates the choice is about; of these, some may stay. */
  meant: AppointmentView[];
  practice: { timeZone: string; locale: string };
}

/** Every date that would go along, where to, and what is in the way: shown before anything is confirmed. */
export function AlsoMoves({ preview, meant, practice }: AlongProps) {
  const { timeZone, locale } = practice;
  if (!preview.ok) {
    const why = preview.reason === 'invalid' ? preview.issues[0]?.message : undefined;
    return (
      <Notice tone="bad" title="They cannot be moved there together">
        {why ?? 'They have changed in the meantime.'} Choose another time below, or move only this one.
      </Notice>
    );
  }
  const clashes = preview.moves.filter(({ clash }) => clash !== null).length;
  const staying = meant.filter(({ uid }) => !preview.moves.some((move) => move.uid === uid));
  return (
    <>
      <ol className="mb-6 max-w-[46rem] border-t border-ink">
        {preview.moves.map(({ uid, position, startsAt, clash }) => {
          const { on } = toWall(timeZone, startsAt);
          const before = meant.find((appointment) => appointment.uid === uid);
          return (
            <li
              key={uid}
              className="grid grid-cols-[1.75rem_minmax(0,1fr)_auto] items-baseline gap-2 border-b border-line py-2.5 text-small text-soft"
            >
              <span>{position}</span>
              <span>
                <b className="font-serif text-[1.0625rem] leading-6 font-medium text-ink">
                  {sayDay(on, 'short', locale)}, {sayTime(timeZone, startsAt, locale)}
                </b>{' '}
                {before && `instead of ${sayBefore(before, on, practice)}`}
                {clash && `. ${REFUSAL_TEXTS[clash]}`}
              </span>
              <DateState state={clash ? 'clash' : 'free'} />
            </li>
          );
        })}
      </ol>
      {staying.length > 0 && (
        <p className="mb-4 max-w-[36rem] text-small text-soft">
          {staying.map((appointment) => sayShortDay(appointment, practice)).join(', ')}{' '}
          {staying.length === 1 ? 'stays' : 'stay'} as planned: moved by hand before, or too close to move here.
        </p>
      )}
      {clashes > 0 && (
        <Notice tone="bad" title={clashes === 1 ? 'One date clashes' : `${clashes} dates clash`}>
          Nothing is moved. Choose another time below, or move only this one.
        </Notice>
      )}
    </>
  );
}

/** Where it was: the day, or the hour when that alone changes. */
function sayBefore(appointment: AppointmentView, on: string, practice: AlongProps['practice']): string {
  const { timeZone, locale } = practice;
  return toWall(timeZone, appointment.startsAt).on === on
    ? sayTime(timeZone, appointment.startsAt, locale)
    : sayShortDay(appointment, practice);
}
