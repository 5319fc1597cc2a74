import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import { transact } from '@/db/connection/database-client';
import { cleanLine, hasAtMostLetters } from '@/db/input/clean-text';
import { CONTROL_CHARACTER_EXCEPT_LINE_BREAKS, makeWholeNumberSchema, toIssues } from '@/db/input/field-schemas';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { practices } from '@/db/schema';
import { START_STEP_CHOICES } from './new-practice-defaults';
import { getPractice, type Practice } from './practice';

// The rules by which clients book, move and cancel. A change does not affect what is booked already.

/** Typed in hours, as people think of them, and stored in minutes. */
const hours = (most: number) => {
  const message = `Give hours from 0 to ${most}, such as 24 or 1.5.`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,4}([.,]\d{1,2})?$/, message)
    .transform((text) => Math.round(Number(text.replace(',', '.')) * 60))
    .refine((minutes) => minutes <= most * 60, message);
};

const stepMinutes = z.coerce
  .number()
  .refine((minutes) => START_STEP_CHOICES.includes(minutes), `Choose one of ${START_STEP_CHOICES.join(', ')} minutes.`);

/** The rules that are asked for when a practice is set up. */
export const startingPoliciesSchema = z.object({
  cancelCutoffMinutes: hours(336),
  moveCutoffMinutes: hours(336),
  noticeMinutes: hours(336),
  windowDays: makeWholeNumberSchema(7, 730),
  stepMinutes,
});

const policies = startingPoliciesSchema.extend({
  movesPerDate: makeWholeNumberSchema(0, 50),
  graceMinutes: makeWholeNumberSchema(0, 120),
  noShowWords: z
    .string()
    .transform((text) => cleanLine(text.replace(/\s+/g, ' ')))
    .refine((text) => hasAtMostLetters(text, 200), 'Please keep this to 200 characters.')
    .refine((text) => !CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(text), 'Please leave out special control characters.'),
  holdMinutes: makeWholeNumberSchema(5, 60),
  offerMinutes: makeWholeNumberSchema(10, 1440),
  maxSessions: makeWholeNumberSchema(1, 52),
});

type StartingPolicies = z.output<typeof startingPoliciesSchema>;

/** The values as a form shows them. */
export function getStartingPolicyFormValues(practice: StartingPolicies): Record<keyof StartingPolicies, string> {
  const inHours = (minutes: number) => String(Math.round((minutes / 60) * 100) / 100);
  return {
    cancelCutoffMinutes: inHours(practice.cancelCutoffMinutes),
    moveCutoffMinutes: inHours(practice.moveCutoffMinutes),
    noticeMinutes: inHours(practice.noticeMinutes),
    windowDays: String(practice.windowDays),
    stepMinutes: String(practice.stepMinutes),
  };
}

/** The values as the form shows them. */
export function getPolicyFormValues(practice: Practice): Record<keyof z.infer<typeof policies>, string> {
  return {
    ...getStartingPolicyFormValues(practice),
    movesPerDate: String(practice.movesPerDate),
    graceMinutes: String(practice.graceMinutes),
    noShowWords: practice.noShowWords,
    holdMinutes: String(practice.holdMinutes),
    offerMinutes: String(practice.offerMinutes),
    maxSessions: String(practice.maxSessions),
  };
}

/** `seen` is what the form was filled from, as JSON. Nothing is written if that has changed since. */
export async function changePolicies(
  viewer: Owner,
  values: Record<string, string>,
  seen: string,
  { now }: Clock,
): Promise<{ ok: true } | Invalid | Refusal<'changed_since'>> {
  const parsed = policies.safeParse(values);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  return transact(async (tx) => {
    const before = getPolicyFormValues(await getPractice(tx));
    if (JSON.stringify(before) !== seen) return { ok: false as const, reason: 'changed_since' as const };
    await tx.update(practices).set(parsed.data);
    const { noShowWords: _words, ...facts } = parsed.data;
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'policies changed',
      subject: 'practice',
      facts,
    });
    return { ok: true as const };
  });
}
