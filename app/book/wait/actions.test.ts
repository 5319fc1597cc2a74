import { beforeEach, describe, expect, it, vi } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { waitlistEntries } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { fillWaitlistForm, untouchedWaitlistForm } from '@/testing/test-waitlist-form';

vi.mock('next/headers', () => ({ headers: async () => new Headers() }));

const { submitWaitlistRequest } = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });
beforeEach(() => vi.stubEnv('SMTP_URL', ''));

function submitWith(phone: string) {
  const form = fillWaitlistForm({ name: 'Zoe', email: 'zoe@example.org', phone });
  return submitWaitlistRequest(untouchedWaitlistForm, form);
}

describe('a waitlist request where no mail server is set', () => {
  it('needs a phone number, because the practice has no other way to reach the client', async () => {
    expect(await submitWith('')).toMatchObject({
      done: null,
      errors: { phone: 'Enter a phone number: this site sends no e-mail yet.' },
      values: { name: 'Zoe' },
    });
    expect(await (await reader()).select().from(waitlistEntries)).toEqual([]);
    expect(await submitWith('087 555 0134')).toMatchObject({ done: 'confirm', errors: {} });
  });

  it('needs no phone number where e-mails go out', async () => {
    vi.stubEnv('SMTP_URL', 'smtp://mail.example:587');
    expect(await submitWith('')).toMatchObject({ done: 'confirm' });
  });
});

describe('a waitlist request for somebody else', () => {
  const fill = (fields: Record<string, string>) => {
    const form = fillWaitlistForm({ for: 'other', email: 'ana@example.org', phone: '087 555 0134', ...fields });
    return submitWaitlistRequest(untouchedWaitlistForm, form);
  };

  it('stores both names', async () => {
    expect(await fill({ name: 'Ana Costa', otherName: 'Leo Costa' })).toMatchObject({ done: 'confirm' });
    expect(await (await reader()).select().from(waitlistEntries)).toMatchObject([
      { pendingName: 'Leo Costa', bookedBy: 'Ana Costa', pendingEmail: 'ana@example.org' },
    ]);
  });

  it('says which of the two names is missing', async () => {
    expect(await fill({ name: 'Ana Costa', otherName: ' ' })).toMatchObject({
      errors: { otherName: 'Enter the name of the person who comes.' },
      values: { for: 'other', name: 'Ana Costa' },
    });
    expect(await fill({ name: '', otherName: 'Leo Costa' })).toMatchObject({ errors: { name: 'Enter your name.' } });
  });
});
