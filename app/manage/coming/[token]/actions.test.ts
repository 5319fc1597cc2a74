import { expect, it, vi } from 'vitest';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { changeTextConsentByLink, confirmAttendanceByLink } from './actions';

vi.mock('next/headers', () => ({ headers: async () => new Headers() }));
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error(`to ${to}`);
  },
}));

setUpTestDatabase({ now: NOW });
const form = (more: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries({ token: 'no-such-link', start: '1', ...more })) data.set(name, value);
  return data;
};

it('leads a client who came from a text message back to the page for text messages', async () => {
  const text = 'AAAAAAAAAAAA';
  await expect(confirmAttendanceByLink(form({ text }))).rejects.toThrow(
    /^to \/manage\/coming\/no-such-link\?text=AAAAAAAAAAAA$/,
  );
  await expect(changeTextConsentByLink(form({ text, wants: 'off' }))).rejects.toThrow(
    'to /manage/coming/no-such-link?text=AAAAAAAAAAAA&flash=busy#flash',
  );
});

it('leads a client who came from an e-mail back to the page for e-mails', async () => {
  await expect(confirmAttendanceByLink(form({}))).rejects.toThrow(/^to \/manage\/coming\/no-such-link$/);
});
