/** What little moves on a page that is read: browser/question-pages.ts, built into public/scripts. */
export function QuestionPagesScript() {
  return <script type="module" fetchPriority="low" src="/scripts/question-pages.js" />;
}
