import { z } from 'zod';
import { getConsentText } from '@/care/consents';
import { emptyToUndefined } from '@/db/input/clean-text';
import {
  appointmentScopeSchema,
  bookingClientSchema,
  bookingNoteSchema,
  cadenceSchema,
  idempotencyKeySchema,
  identifierSchema,
  isoInstantSchema,
  localDaySchema,
  massageMinutesSchema,
  personNameSchema,
  questionSlugSchema,
} from '@/db/input/field-schemas';

// What the API accepts and returns. Requests are checked with these schemas; responses are typed by them, and
// openapi.json is made from them. Fields that a schema does not name are ignored.

const MOST_SESSIONS = 200; // the practice's own limit, 26 unless set otherwise, is lower

/** An empty text or null counts as if the field were absent. */
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyToUndefined, schema.optional());

/** With `any` the practice chooses the therapist. */
const therapist = identifierSchema.meta({ description: 'A therapist\'s id, or "any".', example: 'mira' });
const service = identifierSchema.meta({ example: 'swedish' });
const minutes = massageMinutesSchema.meta({ description: 'One of the lengths of that service.', example: 60 });

export const openingsQuerySchema = z.object({
  service,
  minutes,
  from: localDaySchema.meta({ description: "A day in the practice's time zone." }),
  days: z.number().int().min(1).max(31),
  therapist: optional(therapist),
});

export const standingTimesQuerySchema = z
  .object({
    service,
    minutes,
    cadence: cadenceSchema,
    sessions: z.number().int().min(1).max(MOST_SESSIONS),
    from: localDaySchema.meta({
      description: 'First dates lie in the week from this day; the two weeks, if biweekly.',
    }),
    therapist: optional(therapist),
    people: z.preprocess(emptyToUndefined, z.number().int().min(1).max(2).default(1)).meta({
      description: 'With 2 it is for two at one time, side by side: `beside` names the second therapist.',
    }),
    besideService: optional(service).describe(
      'With two people, what the second has, where it is not what the first has. `therapist` then gives the first.',
    ),
    besideMinutes: optional(minutes).describe(
      'With two people, how long the second is there, where that is another length.',
    ),
    limit: z.preprocess(emptyToUndefined, z.number().int().min(1).max(50).default(50)),
  })
  .refine(({ cadence, sessions }) => cadence !== 'once' || sessions === 1, {
    path: ['sessions'],
    message: 'With cadence "once" there is one session.',
  });

export const seriesBodySchema = z
  .object({
    service: service.describe('What is booked wherever an appointment names no service of its own.'),
    minutes,
    cadence: cadenceSchema,
    appointments: z
      .array(z.object({ startsAt: isoInstantSchema, therapist, service: optional(service) }))
      .min(1, 'Choose at least one date.')
      .max(MOST_SESSIONS, 'These are too many dates.'),
    client: bookingClientSchema.describe('Who comes. The e-mail address may be that of whoever books for them.'),
    bookedBy: optional(personNameSchema).describe(
      'The name of whoever books, where somebody else comes: a parent for a child, or one of a pair. The e-mails greet them and say whom the dates are for.',
    ),
    beside: optional(
      z.object({
        name: personNameSchema,
        therapists: z.array(therapist).min(1).max(MOST_SESSIONS),
        service: optional(service).describe('Their own massage on every date; left out, that of the first.'),
        minutes: optional(minutes).describe('Their own length; left out, that of the first.'),
      }),
    ).describe(
      'Somebody who comes at the same starts, side by side, with a series and a link of their own: their name, and with whom on each date, in order. Both series are booked, or none.',
    ),
    question: optional(questionSlugSchema).describe('The question page the client came from.'),
    note: bookingNoteSchema.describe('For the therapist. Only together with consent.'),
    consent: optional(z.literal(true, 'Send true when the client agrees, or leave it out.')).describe(
      `The client has read and agrees: “${getConsentText('booking', 'The practice').text}” It is stored with the time.`,
    ),
  })
  .refine(({ note, consent }) => note === undefined || consent === true, {
    path: ['consent'],
    message: 'A note is taken only with consent: true, when the client agrees that it is kept.',
  })
  .refine(({ cadence, appointments }) => cadence !== 'once' || appointments.length === 1, {
    path: ['appointments'],
    message: 'With cadence "once" there is one appointment.',
  });

export const seriesHeadersSchema = z.object({ 'Idempotency-Key': idempotencyKeySchema });

export const cancelBodySchema = z.object({ scope: appointmentScopeSchema });

export const moveBodySchema = z.object({
  startsAt: isoInstantSchema,
  therapist: optional(identifierSchema).meta({ description: "A therapist's id; without it the same therapist." }),
  scope: appointmentScopeSchema.meta({
    description:
      'With "following" and "all" the other dates go along to that weekday and hour, all or none; one moved by hand before stays.',
  }),
});

const instant = z.iso.datetime({ offset: true }).meta({ example: '2026-12-01T18:00:00+00:00' });
const price = z
  .int()
  .meta({ description: 'In the smallest unit of the currency by ISO 4217: cents, whole yen, thousandths of a dinar.' });
const status = z.enum(['booked', 'cancelled', 'completed', 'no_show']);

export const servicesAnswerSchema = z.object({
  timeZone: z.string(),
  currency: z.string(),
  services: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      summary: z.string(),
      lengths: z.array(z.object({ minutes: z.int(), priceCents: price })),
      therapists: z.array(z.string()),
    }),
  ),
});

export const therapistsAnswerSchema = z.object({
  therapists: z.array(z.object({ id: z.string(), name: z.string(), services: z.array(z.string()) })),
});

export const openingsAnswerSchema = z.object({
  timeZone: z.string(),
  openings: z.array(z.object({ startsAt: instant, therapists: z.array(z.string()) })),
});

const beside = z.string().optional().meta({ description: 'The second therapist, where two come at one time.' });

export const alternativeSchema = z.object({ startsAt: instant, therapist: z.string(), beside });

export const standingTimesAnswerSchema = z.object({
  timeZone: z.string(),
  standingTimes: z.array(
    z.object({
      firstOn: z.iso.date(),
      weekday: z.int().min(0).max(6).meta({ description: '0 is Sunday.' }),
      time: z.string().meta({ example: '18:00' }),
      therapist: z.string(),
      beside,
      open: z.int().meta({ description: 'How many of the sessions are open.' }),
      of: z.int(),
      clashes: z.array(z.object({ on: z.iso.date(), startsAt: instant, alternatives: z.array(alternativeSchema) })),
    }),
  ),
});

const bookedSeries = z.object({
  uid: z.string(),
  manageUrl: z.url(),
  manageToken: z.string(),
  appointments: z.array(
    z.object({
      uid: z.string(),
      startsAt: instant,
      endsAt: instant,
      therapist: z.string(),
      service: z.string(),
      status,
    }),
  ),
});

export const bookedAnswerSchema = bookedSeries.extend({
  beside: bookedSeries.optional().meta({ description: 'The series of whoever comes at the same time.' }),
});

export const pendingBookingAnswerSchema = z.object({
  state: z.enum(['to_confirm', 'to_approve']).meta({
    description:
      'Nothing is booked or held. "to_confirm": the client finds a link in an e-mail that books it if it is still free. "to_approve": the practice books it or says no.',
  }),
  until: instant.meta({ description: 'Then it is forgotten. The same key and body tells how it stands until then.' }),
});

export const seriesAnswerSchema = z.object({
  uid: z.string(),
  cadence: cadenceSchema,
  firstOn: z.iso.date(),
  time: z.string(),
  timeZone: z.string(),
  sessions: z.int(),
  therapist: z.string(),
  client: z.object({ name: z.string(), email: z.string(), phone: z.string().nullable() }),
  bookedBy: z.string().nullable().meta({ description: 'Who booked it, where that is not the client.' }),
  note: z.string().nullable(),
  question: z.string().nullable(),
  appointments: z.array(
    z.object({
      uid: z.string(),
      position: z.int(),
      startsAt: instant,
      endsAt: instant,
      therapist: z.string(),
      service: z.string(),
      room: z.string(),
      minutes: z.int(),
      priceCents: price,
      currency: z.string(),
      status,
      isMoved: z.boolean(),
      sequence: z.int(),
    }),
  ),
  skipped: z.array(z.object({ position: z.int(), on: z.iso.date(), startsAt: instant })),
});

export const healthAnswerSchema = z.object({ status: z.literal('ok') });

export const clashSchema = z.object({
  position: z.int(),
  startsAt: instant,
  therapist: z.string(),
  beside,
  service: z.string(),
  reason: z.enum(['booked', 'time_off', 'holiday', 'closed', 'room', 'too_soon', 'too_far']),
  alternatives: z.array(alternativeSchema),
});

export const problemAnswerSchema = z.object({
  type: z.url(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  issues: z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), message: z.string() })).optional(),
  clashes: z.array(clashSchema).optional(),
  alternatives: z.array(alternativeSchema).optional().meta({ description: 'Those of all clashes, each once.' }),
});
