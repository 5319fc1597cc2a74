import { z } from 'zod';
import {
  bookingClientSchema,
  bookingNoteSchema,
  cadenceSchema,
  idempotencyKeySchema,
  identifierSchema,
  instantMsSchema,
  localDaySchema,
  massageMinutesSchema,
  personNameSchema,
  questionSlugSchema,
  staffBookingClientSchema,
  wallTimeSchema,
} from '@/db/input/field-schemas';

// What a form or the API may ask for when a series is booked. The browser may load it too.

/** Whoever comes at the same time, side by side: by name, and with whom on each of the dates. */
const besideFields = z.object({
  name: personNameSchema,
  therapistIds: z.array(identifierSchema).min(1).max(200),
  /** Their own massage on each of the dates, and its length; left out, it is that of the first. */
  serviceIds: z.array(identifierSchema).min(1).max(200).optional(),
  minutes: massageMinutesSchema.optional(),
});

export const seriesRequestSchema = z.object({
  cadence: cadenceSchema,
  minutes: massageMinutesSchema,
  appointments: z
    .array(
      z.object({
        startsAt: instantMsSchema,
        /** 'any' lets the practice choose. */
        therapistId: identifierSchema,
        serviceId: identifierSchema,
        /** 1-based place in the series; all or none give it. */
        position: z.number().int().min(1).max(200).optional(),
      }),
    )
    .min(1, 'Choose at least one date.')
    .max(200, 'These are too many dates.'),
  /** The plan the dates were taken from; without it the first date is the plan. */
  standing: z.object({ firstOn: localDaySchema, time: wallTimeSchema, therapistId: identifierSchema }).optional(),
  skipped: z
    .array(z.object({ position: z.number().int().min(1).max(200), on: localDaySchema }))
    .max(200)
    .optional(),
  /** Who comes. */
  client: bookingClientSchema,
  /** The name of whoever books, where somebody else comes. */
  bookedBy: personNameSchema.optional(),
  beside: besideFields.optional(),
  note: bookingNoteSchema,
  /** How the client agreed that it is kept. A note is taken from nobody who has not. */
  consent: z.enum(['page', 'api']).optional(),
  questionSlug: questionSlugSchema.optional(),
  /** On the scale of the question's page. */
  startScore: z.number().int().min(0).max(10).optional(),
  idempotencyKey: idempotencyKeySchema,
});

export type SeriesRequest = z.infer<typeof seriesRequestSchema>;

/** As staff may ask for whoever calls: for a new client, of whom the name is enough, or for one who is known. */
export const staffRequestSchemas = {
  newClient: seriesRequestSchema.extend({ client: staffBookingClientSchema }),
  knownClient: seriesRequestSchema.extend({ client: z.object({ id: identifierSchema }) }),
};

/** As for a booking, but for who comes: dates are held before anybody gives a name. */
export const holdRequestSchema = seriesRequestSchema
  .omit({ client: true, idempotencyKey: true })
  .extend({ beside: besideFields.omit({ name: true }).optional() });

export type StaffSeriesRequest = Omit<SeriesRequest, 'client'> & {
  client: z.infer<typeof staffBookingClientSchema> | { id: string };
};
