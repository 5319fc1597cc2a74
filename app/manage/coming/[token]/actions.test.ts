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

it('leads whoever came by a text back to the page as it is for them', async () => {
  const text = 'AAAAAAAAAAAA';
  await expect(confirmAttendanceByLink(form({ text }))).rejects.toThrow(
    /^to \/manage\/coming\/no-such-link\?text=AAAAAAAAAAAA$/,
  );
  await expect(changeTextConsentByLink(form({ text, wants: 'off' }))).rejects.toThrow(
    'to /manage/coming/no-such-link?text=AAAAAAAAAAAA&flash=busy#flash',
  );
});

it('and whoever came by an e-mail as it is for those', async () => {
  await expect(confirmAttendanceByLink(form({}))).rejects.toThrow(/^to \/manage\/coming\/no-such-link$/);
});
