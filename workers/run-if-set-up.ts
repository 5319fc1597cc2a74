import { isSetUp } from '@/db/practice/setup-draft';

/** Does nothing until there is a practice: a server that waits to be set up is not an error. */
export async function runIfSetUp(work: () => Promise<unknown>): Promise<void> {
  if (await isSetUp()) await work();
}
