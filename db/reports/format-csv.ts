// Rows as a file for a spreadsheet (RFC 4180). A cell that a spreadsheet would take for a formula is made text.

const FORMULA = /^[=+\-@\t\r]/;

/** Every cell in quotes, lines ended by CRLF, with the mark that tells Excel it is UTF-8. */
export function formatCsv(header: string[], rows: (string | number)[][]): string {
  return `\ufeff${[header, ...rows].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')}`;
}

function cellOf(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return `"${text.replaceAll('"', '""')}"`;
}
