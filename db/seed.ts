import { reader } from './client';
import { practices } from './schema';

/** No practice has been made here yet. */
export async function isEmpty(): Promise<boolean> {
  const found = await (await reader()).select({ id: practices.id }).from(practices).limit(1);
  return found.length === 0;
}

/** The demo practice, relative to `now`: the same for the same day. */
export async function seedDemo(_now: number): Promise<void> {}
