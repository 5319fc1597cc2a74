'use client';

import { type ReactNode, useSyncExternalStore } from 'react';
import { formatPracticeTime, formatVisitorTime } from './format-visitor-time';

const never = () => () => {};

interface Props {
  instant: number;
  timeZone: string;
  /** The practice's locale: all times of a page are written in it. */
  locale: string;
}

/** ', 12:30 on your clock' */
export function VisitorTime(props: Props) {
  return <OnVisitorClock {...props} words={(own) => <>, {own} on your clock</>} />;
}

/** One example for a page full of times. */
export function VisitorZoneNote(props: Props) {
  const here = formatPracticeTime(props.instant, props.timeZone, props.locale);
  return (
    <OnVisitorClock
      {...props}
      words={(own) => (
        <>
          {' '}
          Your clock is set to another zone: {here} here is {own} where you are.
        </>
      )}
    />
  );
}

/**
 * The instant on the visitor's own clock, where that differs from the practice's. Only the browser knows it: until then
 * the words are sent hidden, with a place for the time, and a page without the framework fills that in
 * (browser/visitor-clock.ts).
 */
function OnVisitorClock({ instant, timeZone, locale, words }: Props & { words: (own: ReactNode) => ReactNode }) {
  const own = useSyncExternalStore(
    never,
    () => formatVisitorTime(instant, timeZone, locale),
    () => undefined,
  );
  if (own === null) return null;
  if (own !== undefined) return <span>{words(own)}</span>;
  return (
    <span hidden data-visitor-clock={instant} data-time-zone={timeZone} data-locale={locale}>
      {words(<span data-visitor-time="" />)}
    </span>
  );
}
