// Rows as a CSV file for spreadsheets (RFC 4180). A cell that a spreadsheet would run as a formula is turned into text.

const FORMULA = /^[=+\-@\t\r]/;

/**
 * Quotes every cell, ends lines with CRLF, and starts with the mark that tells Excel that the file is UTF-8. Where the
 * locale writes a decimal comma, so do the numbers, and cells end at semicolons: Excel expects both there.
 */
export function formatCsv(header: string[], rows: (string | number)[][], locale: string): string {
  const hasComma = writesDecimalComma(locale);
  const lineOf = (cells: (string | number)[]) =>
    `${cells.map((cell) => cellOf(cell, hasComma)).join(hasComma ? ';' : ',')}\r\n`;
  return `\ufeff${[header, ...rows].map(lineOf).join('')}`;
}

function cellOf(value: string | number, hasComma: boolean): string {
  if (typeof value === 'number') return `"${hasComma ? String(value).replace('.', ',') : value}"`;
  const text = FORMULA.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

function writesDecimalComma(locale: string): boolean {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(0.5);
  return parts.some(({ type, value }) => type === 'decimal' && value === ',');
}
