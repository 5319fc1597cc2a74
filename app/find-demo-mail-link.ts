import { canEnterDemo } from '@/auth';
import type { DemoMailLink } from '@/components/demo-mail-hint';
import { isMailEnabled } from '@/mail/is-mail-enabled';

/** Where a visitor can read the e-mails of a demo that sends none; null if this is no demo, or its e-mails are sent. */
export async function findDemoMailLink({ isDemo }: { isDemo: boolean }): Promise<DemoMailLink | null> {
  if (!isDemo || isMailEnabled()) return null;
  const readAt = `/sign-in?${new URLSearchParams({ callbackUrl: '/practice/mail' })}`;
  return { readAt: (await canEnterDemo()) ? readAt : null };
}
