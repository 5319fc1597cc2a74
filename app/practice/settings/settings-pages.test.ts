import { ne } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PRACTICE } from '@/db/demo/demo-practice';
import { getPractice } from '@/db/practice/practice';
import { therapists, workingHours } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { settingsPages } from './settings-pages';

const database = setUpTestDatabase({ now: NOW });
afterEach(() => vi.unstubAllEnvs());

async function renderReminders(smtpUrl: string): Promise<string> {
  vi.stubEnv('SMTP_URL', smtpUrl);
  const page = settingsPages.find(({ href }) => href === '/practice/settings/reminders')!;
  return String(await page.summary({ viewer: OWNER_VIEWER, practice: await getPractice(), now: NOW }));
}

async function formatHours(): Promise<string> {
  const page = settingsPages.find(({ href }) => href === '/practice/settings/hours')!;
  return String(await page.summary({ viewer: OWNER_VIEWER, practice: await getPractice(), now: NOW }));
}

describe('the summary of hours in the list of settings', () => {
  it('names the days of each therapist', async () => {
    expect(await formatHours()).toMatch(/^Mira (Mon|Tue).+; Tom .+; Aoife .+; Jun /);
  });

  it('names the hours of an only therapist', async () => {
    await database.write(async (tx) => {
      await tx.update(therapists).set({ isActive: false }).where(ne(therapists.id, 'mira'));
      await tx.delete(workingHours);
      await tx.insert(workingHours).values(
        [1, 2].map((weekday) => ({
          therapistId: 'mira',
          weekday,
          from: '09:00',
          until: '17:00',
          timeZone: PRACTICE.timeZone,
        })),
      );
    });
    expect(await formatHours()).toBe('Mon and Tue 09:00 to 17:00');
  });
});

describe('the summary of reminders in the list of settings', () => {
  it('says that they go by e-mail where a mail server is set', async () => {
    expect(await renderReminders('smtp://mail.example')).toMatch(/^By e-mail, .+ before each date$/);
  });

  it('promises no e-mail where no mail server is set', async () => {
    expect(await renderReminders('')).toBe('Not sent: no mail server is set');
  });
});
