import { eq } from 'drizzle-orm';
import { reader, transact } from '@/db/connection/database-client';
import { practices, setupDrafts } from '@/db/schema';

// The answers so far of a practice that is being set up, from any device. They are stored as typed; setup.ts validates
// them. The draft is deleted when the practice is created.

export type SetupAnswers = Record<string, string>;

const ID = 'draft';
const MOST_ANSWERS = 200;
const LONGEST = 2000;

export async function readSetupDraft(): Promise<SetupAnswers> {
  const [draft] = await (await reader()).select().from(setupDrafts).where(eq(setupDrafts.id, ID)).limit(1);
  return draft?.answers ?? {};
}

/**
 * Stores these answers over earlier ones, and each of `unchanged` only where there is no answer yet. False: there is a
 * practice already, and nothing is stored.
 */
export async function saveSetupAnswers(
  newAnswers: SetupAnswers,
  now: number,
  unchanged: SetupAnswers = {},
): Promise<boolean> {
  return transact(async (tx) => {
    const [existing] = await tx.select({ id: practices.id }).from(practices).limit(1);
    if (existing) return false;
    await tx.insert(setupDrafts).values({ id: ID, answers: {}, updatedAt: now }).onConflictDoNothing();
    // A concurrent writer waits here, and then reads what this one wrote.
    await tx.update(setupDrafts).set({ updatedAt: now }).where(eq(setupDrafts.id, ID));
    const [draft] = await tx.select().from(setupDrafts).where(eq(setupDrafts.id, ID));
    const all = Object.entries({ ...unchanged, ...draft?.answers, ...newAnswers }).slice(0, MOST_ANSWERS);
    const answers = Object.fromEntries(all.map(([name, answer]) => [name, answer.slice(0, LONGEST)]));
    await tx.update(setupDrafts).set({ answers }).where(eq(setupDrafts.id, ID));
    return true;
  });
}

/** Is there a practice already, so that there is nothing left to set up? */
export async function isSetUp(): Promise<boolean> {
  const found = await (await reader()).select({ id: practices.id }).from(practices).limit(1);
  return found.length > 0;
}
