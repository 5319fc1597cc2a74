import { formatVisitorTime } from '../components/format-visitor-time.ts';

/** Shows what is said about the visitor's own clock (components/visitor-time.tsx), where it differs from the practice's. */
export function showVisitorClock(): void {
  for (const words of document.querySelectorAll<HTMLElement>('[data-visitor-clock]')) {
    const { visitorClock, timeZone = '', locale = '' } = words.dataset;
    const own = formatVisitorTime(Number(visitorClock), timeZone, locale);
    const place = words.querySelector('[data-visitor-time]');
    if (own === null || !place) continue;
    place.textContent = own;
    words.hidden = false;
  }
}
