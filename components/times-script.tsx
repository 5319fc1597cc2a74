/**
 * The script of a page of times: browser/times.ts, built into public/scripts. A page with a script of our own is sent
 * without the framework (server/strip-next-scripts.ts). `async` makes React run it where it draws the page itself.
 */
export function TimesScript() {
  return <script async type="module" fetchPriority="low" src="/scripts/times.js" />;
}
