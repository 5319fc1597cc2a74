import { eq } from 'drizzle-orm';
import { reader, transact } from '@/db/connection/database-client';
import { practices, setupDrafts } from '@/db/schema';

// What was answered so far of a practice that is being set up, on whatever device. Words as they were typed: whether they
// could be is asked when they are checked (setup.ts), and the draft is gone when the practice is made.

export type SetupAnswers = Record<string, string>;

const ID = 'draft';
const MOST_ANSWERS = 200;
const LONGEST = 2000;

export async function readSetupDraft(): Promise<SetupAnswers> {
  const [draft] = await (await reader()).select().from(setupDrafts).where(eq(setupDrafts.id, ID)).limit(1);
  return draft?.answers ?? {};
}

/**
 * Keeps these beside those of before, and the `unchanged` where there is none yet. False: there is a practice already, and
 * nothing is kept.
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
    // Whoever writes at the same moment waits from here on, and reads what we wrote.
    await tx.update(setupDrafts).set({ updatedAt: now }).where(eq(setupDrafts.id, ID));
    const [draft] = await tx.select().from(setupDrafts).where(eq(setupDrafts.id, ID));
    const all = Object.entries({ ...unchanged, ...draft?.answers, ...newAnswers }).slice(0, MOST_ANSWERS);
    const answers = Object.fromEntries(all.map(([name, answer]) => [name, answer.slice(0, LONGEST)]));
    await tx.update(setupDrafts).set({ answers }).where(eq(setupDrafts.id, ID));
    return true;
  });
}

/** Is there a practice, so that nothing is left to be set up? */
export async function isSetUp(): Promise<boolean> {
  const found = await (await reader()).select({ id: practices.id }).from(practices).limit(1);
  return found.length > 0;
}
