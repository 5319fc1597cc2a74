import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WaitlistFormState } from '@/components/waitlist/waitlist-form-state';
import { reader } from '@/db/connection/database-client';
import { waitlistEntries } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';

vi.mock('next/headers', () => ({ headers: async () => new Headers() }));

const { submitWaitlistRequest } = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
testDatabase({ now: NOW });
beforeEach(() => vi.stubEnv('SMTP_URL', ''));

const EMPTY = { massage: '', therapist: '', cadence: '', sessions: '', from: '', until: '', only: '', urgent: '' };
const untouched: WaitlistFormState = {
  typed: { ...EMPTY, name: '', email: '', phone: '' },
  dayParts: 0,
  errors: {},
  problem: null,
  done: null,
  answer: 0,
};

function ask(phone: string) {
  const form = new FormData();
  const fields = { massage: 'swedish 60', cadence: 'once', sessions: '1', from: '2026-12-01', until: '2026-12-20' };
  for (const [name, value] of Object.entries({
    ...fields,
    dayParts: '1',
    name: 'Zoe',
    email: 'zoe@example.org',
    phone,
  }))
    form.set(name, value);
  return submitWaitlistRequest(untouched, form);
}

describe('asking to wait, where no mail server is set', () => {
  it('needs a phone number: nothing else leads back to whoever waits', async () => {
    expect(await ask('')).toMatchObject({
      done: null,
      errors: { phone: 'Enter a phone number: this site sends no e-mail yet.' },
      typed: { name: 'Zoe' },
    });
    expect(await (await reader()).select().from(waitlistEntries)).toEqual([]);
    expect(await ask('087 555 0134')).toMatchObject({ done: 'confirm', errors: {} });
  });

  it('needs none where e-mails go out', async () => {
    vi.stubEnv('SMTP_URL', 'smtp://mail.example:587');
    expect(await ask('')).toMatchObject({ done: 'confirm' });
  });
});
