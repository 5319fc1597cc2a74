/**
 * Surnames without initials. The name of an organisation is kept whole, even where it ends in letters that look like
 * initials.
 */
export function formatAuthors(authors: string[]): string {
  const surnames = authors.map((author) => author.replace(/ (?!UK$)[A-Z]{1,4}( Jr)?$/, ''));
  if (surnames.length === 0) return 'Authors not named in the record we read';
  if (surnames.length === 1) return surnames[0]!;
  return surnames.length === 2 && surnames[1] !== 'others' ? surnames.join(' and ') : `${surnames[0]} and others`;
}
