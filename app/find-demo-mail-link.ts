import { canEnterDemo } from '@/auth';
import type { DemoMailLink } from '@/components/demo-mail-hint';
import { isMailEnabled } from '@/mail/is-mail-enabled';

/** Where a visitor to the demo can read what it wrote; null where this is no demo, or its e-mails go out. */
export async function findDemoMailLink({ isDemo }: { isDemo: boolean }): Promise<DemoMailLink | null> {
  if (!isDemo || isMailEnabled()) return null;
  const readAt = `/sign-in?${new URLSearchParams({ callbackUrl: '/practice/mail' })}`;
  return { readAt: (await canEnterDemo()) ? readAt : null };
}
