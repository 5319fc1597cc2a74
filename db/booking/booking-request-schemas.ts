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

// What a form or the API may send to book a series. The browser may load it too.

/** A second person at the same time, side by side: their name, and their therapist on each of the dates. */
const besideFields = z.object({
  name: personNameSchema,
  therapistIds: z.array(identifierSchema).min(1).max(200),
  /** Their massage on each date, and its length; if left out, it is that of the first person. */
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
        /** 1-based place in the series; either every date gives it or none does. */
        position: z.number().int().min(1).max(200).optional(),
      }),
    )
    .min(1, 'Choose at least one date.')
    .max(200, 'These are too many dates.'),
  /** The plan that the dates were taken from; without it the first date is the plan. */
  standing: z.object({ firstOn: localDaySchema, time: wallTimeSchema, therapistId: identifierSchema }).optional(),
  skipped: z
    .array(z.object({ position: z.number().int().min(1).max(200), on: localDaySchema }))
    .max(200)
    .optional(),
  /** The person who comes. */
  client: bookingClientSchema,
  /** The name of the person who books, where somebody else comes. */
  bookedBy: personNameSchema.optional(),
  beside: besideFields.optional(),
  note: bookingNoteSchema,
  /** How the client consented to storing the note. Without consent no note is accepted. */
  consent: z.enum(['page', 'api']).optional(),
  questionSlug: questionSlugSchema.optional(),
  /** From 0 to 10, on the scale of the question's page. */
  startScore: z.number().int().min(0).max(10).optional(),
  idempotencyKey: idempotencyKeySchema,
});

export type SeriesRequest = z.infer<typeof seriesRequestSchema>;

/** Requests by staff for a client: a new one, for whom a name is enough, or a known one. */
export const staffRequestSchemas = {
  newClient: seriesRequestSchema.extend({ client: staffBookingClientSchema }),
  knownClient: seriesRequestSchema.extend({ client: z.object({ id: identifierSchema }) }),
};

/** As for a booking, but without the client: dates are held before anybody gives a name. */
export const holdRequestSchema = seriesRequestSchema
  .omit({ client: true, idempotencyKey: true })
  .extend({ beside: besideFields.omit({ name: true }).optional() });

export type StaffSeriesRequest = Omit<SeriesRequest, 'client'> & {
  client: z.infer<typeof staffBookingClientSchema> | { id: string };
};
