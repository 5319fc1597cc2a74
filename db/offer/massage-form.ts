import { z } from 'zod';
import { CONTROL_CHARACTER_EXCEPT_LINE_BREAKS, personNameSchema, wallTimeSchema } from '@/db/input/field-schemas';
import { getMoneyExample, parseMoney } from '@/scheduling/parse-money';

// The form of a massage's settings, and what can be wrong with it.

/** A massage as a form submits it: every value is text. */
export interface MassageForm {
  name: string;
  summary: string;
  suits: string;
  pressure: string;
  setupMinutes: string;
  cleanupMinutes: string;
  booking: string;
  /** In hours; empty: the practice's notice. */
  noticeHours: string;
  windowDays: string;
  latestStart: string;
  /** A row without minutes and price is ignored. */
  lengths: { minutes: string; price: string }[];
  therapistIds: string[];
  roomIds: string[];
}

const MOST_LENGTHS = 12;

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Please keep this to ${most} characters.`)
    .refine((text) => !CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(text), 'Please leave out special control characters.');

const wholeNumber = (least: number, most: number) => {
  const message = `Give a whole number from ${least} to ${most}.`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message));
};

/** An empty field means the practice's own value. */
const orNull = <T extends z.ZodType<unknown, string>>(shape: T) =>
  z
    .string()
    .trim()
    .transform((text) => text || null)
    .pipe(z.union([z.null(), shape]));

export function makeMassageFormSchema(currency: string) {
  const lengths = z
    .array(z.object({ minutes: z.string().trim(), price: z.string().trim() }))
    .max(MOST_LENGTHS, `Give at most ${MOST_LENGTHS} lengths.`)
    .transform((rows, context) => {
      const read: { minutes: number; priceCents: number }[] = [];
      const complain = (at: number, message: string) => context.addIssue({ code: 'custom', path: [at], message });
      for (const [at, { minutes, price }] of rows.entries()) {
        if (!minutes && !price) continue;
        const length = /^\d{1,3}$/.test(minutes) ? Number(minutes) : 0;
        const cents = parseMoney(price, currency);
        if (length < 5 || length > 600 || length % 5 !== 0) complain(at, 'Give minutes in fives, from 5 to 600.');
        else if (read.some((other) => other.minutes === length)) complain(at, 'This length is there twice.');
        else if (cents === null) complain(at, `Give its price in ${currency}, such as ${getMoneyExample(currency)}.`);
        else read.push({ minutes: length, priceCents: cents });
      }
      if (read.length === 0 && context.issues.length === 0) complain(0, 'Give at least one length and its price.');
      return read.sort((a, b) => a.minutes - b.minutes);
    });
  return z.object({
    name: personNameSchema,
    summary: words(400),
    suits: words(200),
    pressure: wholeNumber(1, 3),
    setupMinutes: wholeNumber(0, 120),
    cleanupMinutes: wholeNumber(0, 120),
    booking: z.enum(['online', 'approval', 'known', 'phone'], 'Choose who may book it.'),
    noticeHours: orNull(wholeNumber(0, 2400)),
    windowDays: orNull(wholeNumber(1, 1000)),
    latestStart: orNull(wallTimeSchema),
    lengths,
    therapistIds: z.array(z.string()).max(500),
    roomIds: z.array(z.string()).max(500),
  });
}
