'use client';

import { useSyncExternalStore } from 'react';
import { formatPracticeTime, formatVisitorTime } from './format-visitor-time';

const never = () => () => {};

/** The instant on the visitor's own clock, where that differs from the practice's; null without script. */
function useVisitorTime({ instant, timeZone, locale }: Props): string | null {
  return useSyncExternalStore(
    never,
    () => formatVisitorTime(instant, timeZone, locale),
    () => null,
  );
}

interface Props {
  instant: number;
  timeZone: string;
  /** The practice's locale: all times of a page are written in it. */
  locale: string;
}

/** ', 12:30 on your clock' */
export function VisitorTime(props: Props) {
  const own = useVisitorTime(props);
  return own ? <span>, {own} on your clock</span> : null;
}

/** One example for a page full of times. */
export function VisitorZoneNote(props: Props) {
  const { instant, timeZone, locale } = props;
  const own = useVisitorTime(props);
  return own ? (
    <>
      {' '}
      Your clock is set to another zone: {formatPracticeTime(instant, timeZone, locale)} here is {own} where you are.
    </>
  ) : null;
}
