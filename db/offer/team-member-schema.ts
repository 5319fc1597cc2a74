import { z } from 'zod';
import { CONTROL_CHARACTER_EXCEPT_LINE_BREAKS, emailAddressSchema, personNameSchema } from '@/db/input/field-schemas';
import type { Issue } from '@/db/results';

// A member of the team: their current state, the form that changes it, and its validation.

export type TeamRole = 'owner' | 'therapist' | 'front_desk';

/**
 * Colours that can be told apart in the calendar, also by people who see fewer colours. Either white or black text has
 * a contrast of at least 4.5 to 1 on each of them.
 */
export const TEAM_COLOURS: { value: string; name: string }[] = [
  { value: '#2C6E5B', name: 'Green' },
  { value: '#4F6391', name: 'Blue' },
  { value: '#84671F', name: 'Ochre' },
  { value: '#7A4E7E', name: 'Purple' },
  { value: '#9C4A3C', name: 'Brick' },
  { value: '#2A6B84', name: 'Sea' },
  { value: '#5B6B2F', name: 'Olive' },
  { value: '#8A4B66', name: 'Rose' },
  { value: '#5A5F6B', name: 'Slate' },
  { value: '#70522F', name: 'Brown' },
];

export const WORKLOAD_CAP_FIELDS = [
  'capDayMinutes',
  'capWeekMinutes',
  'capDeepDayMinutes',
  'capDeepWeekMinutes',
] as const;
export type WorkloadCapField = (typeof WORKLOAD_CAP_FIELDS)[number];

export interface TeamMember extends Record<WorkloadCapField, number | null> {
  /** Their user id, or their therapist id where nobody signs in for them. */
  id: string;
  userId: string | null;
  name: string;
  email: string;
  /** Null for somebody who has left. */
  role: TeamRole | null;
  therapistId: string | null;
  /** They take appointments now. */
  givesMassages: boolean;
  about: string;
  colour: string;
  /** Trained to massage people who are pregnant or have just given birth. */
  trainedForPregnancy: boolean;
  serviceIds: string[];
  prices: { serviceId: string; minutes: number; priceCents: number }[];
  mark: string;
}

export interface TeamMemberFormInput extends Record<WorkloadCapField, string> {
  name: string;
  role: string;
  /** For owners only: a member with the role of therapist always takes appointments. */
  givesMassages: boolean;
  about: string;
  colour: string;
  trainedForPregnancy: boolean;
  serviceIds: string[];
  /** Their own prices by massage and minutes, as in `swedish.60`; empty: the usual price. */
  prices: Record<string, string>;
}

const roleWord = z.enum(['owner', 'therapist', 'front_desk'], 'Choose what they may do.');
const SAY_CAP = 'Give whole minutes, or nothing.';
const cap = z
  .string()
  .trim()
  .regex(/^\d{0,4}$/, SAY_CAP)
  .transform((text) => (text === '' ? null : Number(text)));
export const teamMemberFormSchema = z.object({
  name: personNameSchema,
  role: roleWord,
  givesMassages: z.boolean(),
  about: z
    .string()
    .trim()
    .max(300, 'Please keep this to 300 characters.')
    .refine((text) => !CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(text), 'Please leave out special control characters.'),
  colour: z.enum(TEAM_COLOURS.map(({ value }) => value) as [string, ...string[]], 'Choose one of the colours.'),
  trainedForPregnancy: z.boolean(),
  serviceIds: z.array(z.string()).max(500),
  capDayMinutes: cap,
  capWeekMinutes: cap,
  capDeepDayMinutes: cap,
  capDeepWeekMinutes: cap,
});

const WEEKS_OF_DAYS = [
  ['capDayMinutes', 'capWeekMinutes'],
  ['capDeepDayMinutes', 'capDeepWeekMinutes'],
] as const;

/** Names the weekly limits that are less than what one day may have. A limit that is no number is none of these. */
export function listCapIssues(form: Record<WorkloadCapField, string>): Issue[] {
  const minutesOf = (field: WorkloadCapField) => cap.safeParse(form[field]).data ?? null;
  return WEEKS_OF_DAYS.flatMap(([day, week]) => {
    const [ofDay, ofWeek] = [minutesOf(day), minutesOf(week)];
    if (ofDay === null || ofWeek === null || ofWeek >= ofDay) return [];
    return [{ path: [week], message: `A week cannot have less than one day, which is ${ofDay} minutes.` }];
  });
}

export const newTeamMemberSchema = z.object({ name: personNameSchema, email: emailAddressSchema, role: roleWord });
