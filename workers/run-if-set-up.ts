import { isSetUp } from '@/db/practice/setup-draft';

/** A server that waits to be set up is no fault: until there is a practice, there is nothing to do. */
export async function runIfSetUp(work: () => Promise<unknown>): Promise<void> {
  if (await isSetUp()) await work();
}
