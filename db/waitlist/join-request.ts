import { z } from 'zod';
import { cadenceField, identifier, localDay, massageMinutes, wallTime } from '@/db/input/field-schemas';
import { ANY_DAY_PART } from '@/scheduling/waitlist-matching';

/** What somebody may wait for. */
export const joinRequestSchema = z.object({
  serviceId: identifier,
  minutes: massageMinutes,
  /** 'any' is whoever is free. */
  therapistId: identifier,
  cadence: cadenceField,
  sessions: z.number('How many?').int().min(1, 'One date at least.').max(200, 'These are too many dates.'),
  /** Local days, both included: the first date lies between them. */
  fromOn: localDay,
  untilOn: localDay,
  /** A bit for each part of each weekday. */
  dayParts: z
    .number()
    .int()
    .min(1, 'Tick the days and times that suit you.')
    .max(ANY_DAY_PART, 'Tick the days and times that suit you.'),
  /** Only this time of day. */
  atTime: wallTime.nullable(),
  isUrgent: z.boolean(),
});

export type JoinWaitlistRequest = z.infer<typeof joinRequestSchema>;
