import { cookies } from 'next/headers';
import { isSetupPass } from '@/db/access/setup-code';

/** The cookie of whoever gave the code. */
export const PASS = 'fortnight-setup';

export async function hasPass(): Promise<boolean> {
  return isSetupPass((await cookies()).get(PASS)?.value);
}
