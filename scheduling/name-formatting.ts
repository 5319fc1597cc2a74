// What is a person called, and how is a practice named? Titles before a name are left out, and a practice may lack its
// address or its phone number.

/**
 * Formats how to reach a practice, for use inside a sentence: by its phone number, or by its name if it gives none.
 *
 * @example
 * formatHowToContact({ name: 'Harbour Massage', phone: '01 555 0142' }) //=> 'call 01 555 0142'
 */
export function formatHowToContact({ name, phone }: { name: string; phone: string }): string {
  return phone ? `call ${phone}` : `contact ${name}`;
}

/**
 * Formats where a practice is, with its name; the address may be missing.
 *
 * @example
 * formatNameAndAddress({ name: 'Harbour Massage', address: '1 Quay' }) //=> 'Harbour Massage, 1 Quay'
 */
export function formatNameAndAddress({ name, address }: { name: string; address: string }): string {
  return address ? `${name}, ${address}` : name;
}

const TITLE = /^(?:(?:dr|prof|professor|doctor|mr|mrs|ms|mx|miss|sir|dame|herr|frau|mme|mlle)\.?|\p{L}{2,}\.)$/iu;

/**
 * Returns what to call a person: the first of their names, without a title. The whole name if it is a title and one
 * name, or if the first name is a single letter.
 *
 * @example
 * extractFirstName('Dr. Mira Kovač') //=> 'Mira'
 */
export function extractFirstName(name: string): string {
  const words = name.trim().split(/\s+/);
  const rest = words.slice(words.findIndex((word) => !TITLE.test(word)));
  const isWhole = (rest.length === 1 && words.length > 1) || /^\p{L}\.?$/u.test(rest[0]!);
  return isWhole ? name : rest[0]!;
}
