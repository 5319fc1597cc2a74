/** What little moves on a page that is read: browser/reading.ts, built into public/scripts. */
export function ReadingScript() {
  return <script type="module" src="/scripts/reading.js" />;
}
