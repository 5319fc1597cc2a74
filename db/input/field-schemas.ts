import { z } from 'zod';
import { TIME_OF_DAY } from '@/scheduling/time-of-day';
import { cleanLine, cleanMachineReadableText, emptyToUndefined, hasAtMostLetters } from './clean-text';
import { formatIssue } from './format-issue';

// The fields of forms and of the API: what is accepted, and the message when it is not. The browser may load it too.

// Also lone surrogates (Cs), which JSON can contain and nothing can display.
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
export const CONTROL_CHARACTER_EXCEPT_LINE_BREAKS = /\p{Cs}|[^\P{Cc}\n\t]/u;
const PLAIN_ADDRESS =
  /^[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;
export const INVALID_PHONE_MESSAGE = 'Please write the phone number in digits, such as +353 1 555 0142.';
const FURTHEST_INSTANT = Date.UTC(2200, 0, 1);

export const personNameSchema = z
  .string('Enter a name.')
  .max(10_000, 'Please keep the name to 120 characters.')
  .transform(cleanLine)
  .pipe(
    z
      .string()
      .min(1, 'Enter a name.')
      .refine((name) => hasAtMostLetters(name, 120), 'Please keep the name to 120 characters.')
      .refine((name) => !CONTROL.test(name), 'Please write the name on one line, without special control characters.'),
  );

/** One plain address in lower case. A domain in other scripts has the form that mail servers use (`xn--`). */
export const emailAddressSchema = z
  .string('Enter an e-mail address.')
  .max(1000, 'This e-mail address is too long.')
  .transform((text) => withAsciiDomain(cleanMachineReadableText(text).toLowerCase()))
  .pipe(
    z
      .string()
      .min(1, 'Enter an e-mail address.')
      .max(254, 'This e-mail address is too long.')
      .regex(PLAIN_ADDRESS, 'Enter one e-mail address, such as ana@example.org.'),
  );

/** The practice's country decides which number is meant: db/input/phone-numbers.ts. */
export const phoneNumberSchema = z.preprocess(
  emptyToUndefined,
  z
    .string()
    .max(200, INVALID_PHONE_MESSAGE)
    .transform(cleanMachineReadableText)
    .pipe(
      z
        .string()
        .regex(
          /^[+(]?[\p{Nd}][\p{Nd} ()./~\p{Pd}]{4,39}((;ext=|[ ,;]*(ext\.?|extension|x|#) ?)\p{Nd}{1,8})?$/iu,
          INVALID_PHONE_MESSAGE,
        ),
    )
    .optional(),
);

export const bookingNoteSchema = z.preprocess(
  emptyToUndefined,
  z
    .string()
    .transform((note) => note.replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .refine((note) => hasAtMostLetters(note, 2000), 'Please keep the note to 2,000 characters.')
        .refine(
          (note) => !CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(note),
          'Please leave out special control characters.',
        ),
    )
    .optional(),
);

export const bookingClientSchema = z.object({
  name: personNameSchema,
  email: emailAddressSchema,
  phone: phoneNumberSchema,
});
/** A client as staff note them on the telephone: the address may be empty. */
export const staffBookingClientSchema = z.object({
  name: personNameSchema,
  email: z.union([z.literal('', 'Enter one e-mail address, such as ana@example.org, or none.'), emailAddressSchema]),
  phone: phoneNumberSchema,
});

export const cadenceSchema = z.enum(['once', 'weekly', 'biweekly'], 'Choose once, weekly or biweekly.');
export const appointmentScopeSchema = z.enum(['this', 'following', 'all'], 'Choose this, following or all.');
export const massageMinutesSchema = z
  .number('Send the minutes as a whole number.')
  .int('Send the minutes as a whole number.')
  .min(1)
  .max(600);
export const identifierSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w:.-]+$/, 'This is not an id.');
/** Milliseconds since the epoch, UTC. */
export const instantMsSchema = z.number('This is not a time.').int().min(0).max(FURTHEST_INSTANT);
/** An ISO 8601 time with its offset, read as an instant. */
export const isoInstantSchema = z.iso
  .datetime({ offset: true, error: 'Write the time as ISO 8601 with an offset, such as 2026-12-01T18:00:00+00:00.' })
  .transform((text) => Date.parse(text))
  .pipe(instantMsSchema);
export const localDaySchema = z.iso.date('Write the day as YYYY-MM-DD.');
export const wallTimeSchema = z.string().regex(TIME_OF_DAY, 'Write the time as HH:MM.');
export const questionSlugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Send the name of a question page, such as low-back-pain.')
  .max(80);
export const idempotencyKeySchema = z
  .string('Send an Idempotency-Key.')
  .regex(/^[\x21-\x7e]{1,200}$/, 'Send an Idempotency-Key of 1 to 200 visible ASCII characters.');

/** As a form submits it; an empty field counts as no value. */
export const makeWholeNumberSchema = (least: number, most: number) => {
  const message = `Give a whole number from ${least} to ${most}.`;
  return z
    .string(message)
    .trim()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((n) => n >= least && n <= most, message);
};

export type AppointmentScope = z.infer<typeof appointmentScopeSchema>;

/** The issues in the form of `Invalid`: the first message for each field. */
export function toIssues(error: z.ZodError): { path: (string | number)[]; message: string }[] {
  const issues = error.issues.map((issue) => ({
    path: issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
    message: formatIssue(issue),
  }));
  const seen = new Set<string>();
  return issues.filter(({ path }) => {
    const key = JSON.stringify(path);
    return !seen.has(key) && seen.add(key);
  });
}

function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || /^[\x20-\x7e]*$/.test(domain)) return address;
  try {
    return address.slice(0, at + 1) + new URL(`http://${domain}`).hostname;
  } catch {
    return address;
  }
}
