const parts = [
  { id: 'short-answer', title: 'Short answer', short: 'Answer' },
  { id: 'doctor', title: 'See a doctor first', short: 'Doctor first' },
  { id: 'evidence', title: 'What the evidence says', short: 'Evidence' },
  { id: 'plan', title: 'Which massage, how often', short: 'Which massage' },
  { id: 'risks', title: 'Risks and side effects', short: 'Side effects' },
  { id: 'others', title: 'Other choices', short: 'Other choices' },
  { id: 'working', title: 'How will I know?', short: 'Is it working?' },
  { id: 'ready', title: 'Ready to book', short: 'Ready to book' },
  { id: 'sources', title: 'Sources', short: 'Sources' },
];

/** The contents of the page: beside the answer on a wide screen and on paper, folded above it on a phone. */
export function TableOfContents() {
  return (
    <>
      <details className="mb-3 border-y border-line wide:hidden print:hidden">
        <summary className="fold flex min-h-11 cursor-pointer items-center text-small font-medium">
          On this page
        </summary>
        <nav aria-label="On this page" className="pb-3">
          <List />
        </nav>
      </details>
      <nav aria-label="On this page" className="hidden wide:block print:mb-3 print:block">
        <p className="mb-1 text-small text-soft">On this page</p>
        <List />
      </nav>
    </>
  );
}

function List() {
  return (
    <ul className="border-l border-line print:columns-3 print:border-l-0">
      {parts.map(({ id, title }) => (
        <li key={id} className={id === 'ready' ? 'print:hidden' : undefined}>
          <a
            href={`#${id}`}
            className="inline-flex min-h-11 items-center pl-4 text-small text-ink no-underline hover:underline wide:min-h-9 print:min-h-0 print:pl-0"
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The contents again, as a line that stays in view on a wide screen from below the short answer to the end. */
export function ContentsStrip() {
  return (
    <nav
      aria-label="Contents, always in sight"
      className="contents-strip hidden border-b border-line bg-paper wide:block print:hidden"
    >
      <ul className="wide flex justify-between gap-x-3">
        {parts.map(({ id, short }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-flex min-h-10 items-center text-small whitespace-nowrap text-ink no-underline hover:underline"
            >
              {short}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
