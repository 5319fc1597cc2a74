/**
 * A small script of our own: browser/NAME.ts, built into public/scripts. A page that has one is sent without the
 * framework; with `start-on-use` the framework starts when somebody begins to use the page
 * (server/strip-next-scripts.ts). `async` makes React run it where it draws the page itself, once in a document.
 */
export function PageScript({ name }: { name: 'plan' | 'times' | 'start-on-use' }) {
  return <script async type="module" fetchPriority="low" src={`/scripts/${name}.js`} />;
}
