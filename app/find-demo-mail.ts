import { canEnterDemo } from '@/auth';
import type { DemoMail } from '@/components/demo-mail-hint';
import { isMailEnabled } from '@/mail/is-mail-enabled';

/** Where a visitor to the demo can read what it wrote; null where this is no demo, or its e-mails go out. */
export async function findDemoMail({ isDemo }: { isDemo: boolean }): Promise<DemoMail | null> {
  if (!isDemo || isMailEnabled()) return null;
  const readAt = `/sign-in?${new URLSearchParams({ callbackUrl: '/practice/mail' })}`;
  return { readAt: (await canEnterDemo()) ? readAt : null };
}
