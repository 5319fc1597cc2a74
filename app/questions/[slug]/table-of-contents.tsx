const parts = [
  { id: 'short-answer', title: 'Short answer' },
  { id: 'doctor', title: 'See a doctor first' },
  { id: 'evidence', title: 'What the evidence says' },
  { id: 'plan', title: 'Which massage, how often' },
  { id: 'risks', title: 'Risks and side effects' },
  { id: 'others', title: 'Other choices' },
  { id: 'working', title: 'How will I know?' },
  { id: 'ready', title: 'Ready to book' },
  { id: 'sources', title: 'Sources' },
];

/** What the page holds: beside the answer on a wide screen, folded above it on a phone. */
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
      <nav aria-label="On this page" className="hidden wide:sticky wide:top-6 wide:block print:hidden!">
        <p className="mb-1 text-small text-soft">On this page</p>
        <List />
      </nav>
    </>
  );
}

function List() {
  return (
    <ul className="border-l border-line">
      {parts.map(({ id, title }) => (
        <li key={id}>
          <a
            href={`#${id}`}
            className="inline-flex min-h-11 items-center pl-4 text-small text-ink no-underline hover:underline wide:min-h-9"
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}
