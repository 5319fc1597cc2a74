/** The script of the question pages: browser/question-pages.ts, built into public/scripts. */
export function QuestionPagesScript() {
  return <script type="module" fetchPriority="low" src="/scripts/question-pages.js" />;
}
