'use client';

import { useSyncExternalStore } from 'react';
import { formatWallTime } from '@/scheduling/formatting';

const never = () => () => {};

function readWall(instant: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(instant)
    .replace(',', '');
}

/** The instant on the visitor's own clock, where that differs from the practice's; null without script. */
function useVisitorTime(instant: number, timeZone: string, locale: string): string | null {
  const own = useSyncExternalStore(
    never,
    () => readWall(instant),
    () => null,
  );
  if (own === null) return null;
  const [ownDay, ownTime = ''] = own.split(' ');
  const [day, time] = readWall(instant, timeZone).split(' ');
  if (ownTime === time && ownDay === day) return null;
  const clock = formatWallTime(ownTime, locale);
  return ownDay === day ? clock : `${ownDay} ${clock}`;
}

interface Props {
  instant: number;
  timeZone: string;
  /** The practice's locale: all times of a page are written in it. */
  locale: string;
}

/** ', 12:30 on your clock' */
export function VisitorTime({ instant, timeZone, locale }: Props) {
  const own = useVisitorTime(instant, timeZone, locale);
  return own ? <span>, {own} on your clock</span> : null;
}

/** One example for a page full of times. */
export function VisitorZoneNote({ instant, timeZone, locale }: Props) {
  const own = useVisitorTime(instant, timeZone, locale);
  return own ? (
    <>
      {' '}
      Your clock is set to another zone: {formatWallTime(readWall(instant, timeZone).slice(4), locale)} here is {own}{' '}
      where you are.
    </>
  ) : null;
}
