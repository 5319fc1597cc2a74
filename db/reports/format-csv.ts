// Rows as a CSV file for spreadsheets (RFC 4180). A cell that a spreadsheet would run as a formula is turned into text.

const FORMULA = /^[=+\-@\t\r]/;

/** Quotes every cell, ends lines with CRLF, and starts with the mark that tells Excel that the file is UTF-8. */
export function formatCsv(header: string[], rows: (string | number)[][]): string {
  return `\ufeff${[header, ...rows].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')}`;
}

function cellOf(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return `"${text.replaceAll('"', '""')}"`;
}
