/** How many of the pages a clinician has reviewed, according to the practice. */
export function formatReviewCount(pages: readonly { reviewer: object | null }[]): string {
  const count = pages.filter(({ reviewer }) => reviewer).length;
  if (count === 0)
    return 'No clinician has reviewed these pages yet. Each page says so, until one has. Then it gives their name.';
  if (count === pages.length) return 'Each page names who reviewed it, and on which day.';
  const names = count === 1 ? 'names who reviewed it' : 'name who reviewed them';
  return `Of these ${pages.length} pages, ${count} ${names}, and on which day. No clinician has reviewed the others yet.`;
}
