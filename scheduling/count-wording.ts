// How are counts said in English? In words up to the longest series, since "all eight" reads better than "all 8", and in
// digits beyond.

const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
];

/**
 * Writes a count in words up to twenty-six, the longest series, and in digits beyond.
 *
 * @example
 * formatNumberInWords(8) //=> 'eight'
 */
export function formatNumberInWords(n: number): string {
  if (n > 20 && n <= 26) return `twenty-${NUMBERS[n - 20]}`;
  return NUMBERS[n] ?? String(n);
}

/**
 * Formats all of a count: "both" for two, otherwise "all" and the number as `formatNumberInWords` writes it.
 *
 * @example
 * formatAllOf(8) //=> 'all eight'
 */
export function formatAllOf(count: number): string {
  return count === 2 ? 'both' : `all ${formatNumberInWords(count)}`;
}

/**
 * Writes how often something happens, in words.
 *
 * @example
 * formatHowOften(3) //=> 'three times'
 */
export function formatHowOften(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${formatNumberInWords(count)} times`;
}

/**
 * Capitalizes the first letter of a text.
 *
 * @example
 * capitalizeFirstLetter('eight dates') //=> 'Eight dates'
 */
export function capitalizeFirstLetter(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
