import { afterEach, describe, expect, it, vi } from 'vitest';
import { getPractice } from '@/db/practice/practice';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { settingsPages } from './settings-pages';

setUpTestDatabase({ now: NOW });
afterEach(() => vi.unstubAllEnvs());

async function sayReminders(smtpUrl: string): Promise<string> {
  vi.stubEnv('SMTP_URL', smtpUrl);
  const page = settingsPages.find(({ href }) => href === '/practice/settings/reminders')!;
  return String(await page.summary({ viewer: OWNER_VIEWER, practice: await getPractice(), now: NOW }));
}

describe('how reminders stand, in the list of settings', () => {
  it('is by e-mail, where a mail server is set', async () => {
    expect(await sayReminders('smtp://mail.example')).toMatch(/^By e-mail, .+ before each date$/);
  });

  it('promises no e-mail where none is set', async () => {
    expect(await sayReminders('')).toBe('Not sent: no mail server is set');
  });
});
