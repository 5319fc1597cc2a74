import { z } from 'zod';
import { bookingNoteSchema, emailAddressSchema, personNameSchema, phoneNumberSchema } from '@/db/input/field-schemas';
import { BOOKING_FIELDS, type BookingFormValues, emptyBookingFormValues } from './book-form-state';

// Whom a series is booked for, as the last step asks.

const details = z.object({
  name: personNameSchema,
  for: z.enum(['me', 'other']).catch('me'),
  email: emailAddressSchema,
  phone: phoneNumberSchema,
  note: bookingNoteSchema,
  // A score is one of eleven choices; any other value counts as no score.
  score: z
    .string()
    .regex(/^(?:10|\d)$/)
    .transform(Number)
    .optional()
    .catch(undefined),
  signs: z.literal('none', 'Please read the signs above, and tick this if none applies to you.'),
  consent: z.literal('yes', 'Please agree, so that we may keep your name and your dates.'),
});

const EMPTY_NAMES: Partial<Record<keyof BookingFormValues, string>> = {
  name: 'Enter your name.',
  otherName: 'Enter the name of the person who comes.',
};

const detailsForOther = details.extend({ otherName: personNameSchema });

/**
 * The values as typed, the problem of each field, and the details if there is no problem. Where two people come at the
 * same time, `otherName` is the name of the second person.
 */
export function readClientDetails(form: FormData, isForTwo: boolean) {
  const values = { ...emptyBookingFormValues };
  for (const field of BOOKING_FIELDS) {
    const value = form.get(field);
    // Longer than any rule allows: cut before it is sent back in the page.
    if (typeof value === 'string') values[field] = value.slice(0, 40_000);
  }
  const read = isForTwo || values.for === 'other' ? detailsForOther.safeParse(values) : details.safeParse(values);
  const errors: Partial<Record<keyof BookingFormValues, string>> = {};
  if (!read.success) {
    for (const { path, message } of read.error.issues) {
      const field = BOOKING_FIELDS.find((field) => field === path[0]);
      if (field) errors[field] ??= values[field].trim() ? message : (EMPTY_NAMES[field] ?? message);
    }
  }
  return { values, errors, details: read.success ? peopleOf(read.data, isForTwo) : null };
}

type Details = z.infer<typeof details> & { otherName?: string };

type People = Omit<Details, 'for' | 'otherName'> & { bookedBy?: string; besideName?: string };

/**
 * The person who comes, with the name of whoever booked where that is somebody else; for two people, also the second
 * one.
 */
function peopleOf({ name, for: _, otherName = name, ...rest }: Details, isForTwo: boolean): People {
  if (isForTwo) return { ...rest, name, besideName: otherName };
  return { ...rest, name: otherName, ...(otherName !== name && { bookedBy: name }) };
}
