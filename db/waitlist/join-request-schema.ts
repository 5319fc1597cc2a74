import { z } from 'zod';
import {
  cadenceSchema,
  identifierSchema,
  localDaySchema,
  massageMinutesSchema,
  wallTimeSchema,
} from '@/db/input/field-schemas';
import { ANY_DAY_PART } from '@/scheduling/waitlist-matching';

/** What a client may wait for. */
export const joinRequestSchema = z.object({
  serviceId: identifierSchema,
  minutes: massageMinutesSchema,
  /** 'any' means any therapist. */
  therapistId: identifierSchema,
  cadence: cadenceSchema,
  sessions: z.number('How many?').int().min(1, 'One date at least.').max(200, 'These are too many dates.'),
  /** Local days, both included: the first date lies between them. */
  fromOn: localDaySchema,
  untilOn: localDaySchema,
  /** One bit for each part of each weekday. */
  dayParts: z
    .number()
    .int()
    .min(1, 'Tick the days and times that suit you.')
    .max(ANY_DAY_PART, 'Tick the days and times that suit you.'),
  /** Only at this time of day; null: at any time. */
  atTime: wallTimeSchema.nullable(),
  isUrgent: z.boolean(),
});

export type JoinWaitlistRequest = z.infer<typeof joinRequestSchema>;
