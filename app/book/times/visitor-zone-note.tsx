import { formatPracticeTime } from '@/components/format-visitor-time';

/**
 * For a visitor whose clock is set to another zone: what one of the times is on it. Only the browser knows that, so the
 * sentence is hidden until its script has filled it in (browser/visitor-clock.ts).
 */
export function VisitorZoneNote(props: { instant: number; timeZone: string; locale: string }) {
  const { instant, timeZone, locale } = props;
  return (
    <span hidden data-visitor-clock={instant} data-time-zone={timeZone} data-locale={locale}>
      {' '}
      Your clock is set to another zone: {formatPracticeTime(instant, timeZone, locale)} here is{' '}
      <span data-visitor-time="" /> where you are.
    </span>
  );
}
