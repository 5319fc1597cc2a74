import { formatVisitorTime } from '../components/format-visitor-time.ts';

/** Fills in and shows a sentence about the visitor's own clock, where that differs from the practice's. */
export function showVisitorClock(note: HTMLElement): void {
  const { visitorClock, timeZone = '', locale = '' } = note.dataset;
  const own = formatVisitorTime(Number(visitorClock), timeZone, locale);
  const place = note.querySelector('[data-visitor-time]');
  if (own === null || !place) return;
  place.textContent = own;
  note.hidden = false;
}
