import { cookies } from 'next/headers';
import { isSetupPass } from '@/db/access/setup-code';

/** The cookie that shows that somebody gave the code. */
export const SETUP_PASS_COOKIE = 'fortnight-setup';

export async function hasSetupPass(): Promise<boolean> {
  return isSetupPass((await cookies()).get(SETUP_PASS_COOKIE)?.value);
}
