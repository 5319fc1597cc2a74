import { renderToReadableStream } from 'react-dom/server.edge';
import { beforeEach, expect, it, vi } from 'vitest';
import { getAllPlansToken } from '@/db/access/all-plans-links';
import { bookSeries } from '@/db/booking/book-series';
import { saveIntakeScreen } from '@/db/care/save-intake';
import { queueManageLinksEmail } from '@/db/messages/manage-links-email';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';

const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: MyDatesPage } = await import('./page');
const { startBookingAgain } = await import('@/app/manage/[token]/actions');
const { findHealthLimitsOfOwnPlans } = await import('@/app/book/own-plans-cookie');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });
beforeEach(() => jar.clear());

const HOME = 'home@example.org';

async function book(name: string, start: number, yes: string[] = []) {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(start, { client: { name, email: HOME } }), {
    now: NOW,
  });
  if (!booked.ok) throw new Error(booked.reason);
  if (yes.length > 0) {
    const link = { role: 'link', seriesId: booked.seriesId } as const;
    const adult = { isMinor: false, guardianName: '', guardianIsPresent: false };
    const agreed = { screen: 'agree' as const, treated: true, healthKept: true, writtenTo: false, ...adult };
    const healthScreen = { screen: 'health' as const, yes, unsure: [], none: false, about: {} };
    for (const values of [agreed, healthScreen])
      expect(await saveIntakeScreen(link, values, { now: NOW })).toMatchObject({ ok: true });
  }
  return booked.manageToken;
}

/** Each form that books again: the text of its button, and the plans that it names. */
async function draw() {
  await queueManageLinksEmail(HOME, NOW);
  const token = (await getAllPlansToken(HOME))!;
  const stream = await renderToReadableStream(
    await MyDatesPage({ params: Promise.resolve({ token }), searchParams: Promise.resolve({}) }),
  );
  await stream.allReady;
  const html = (await new Response(stream).text()).replace(/<!--.*?-->/g, '');
  const forms = [...html.matchAll(/<form.*?<\/form>/gs)].flatMap(([form]) => {
    const label = form.match(/>(Book [^<]*)</)?.[1];
    const tokens = [...form.matchAll(/name="token" value="([^"]*)"/g)].map(([, value]) => value!);
    return label ? [{ label, tokens }] : [];
  });
  const links = [...html.matchAll(/<a [^>]*href="\/book"[^>]*>(Book something[^<]*)</g)].map(([, label]) => label);
  return { forms, links, words: html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') };
}

it("leaves out what the client's answers rule out in any of their plans, even if another plan comes first", async () => {
  const pregnantPlan = await book('Una Cole', instantAt('2026-12-15', '18:00'), ['thinner']);
  const nearer = await book('Una Cole', instantAt('2026-12-08', '18:00'));
  const { forms, links, words } = await draw();
  expect(words).toContain('Deep tissue : not offered to you online just now.');
  expect(forms).toEqual([{ label: 'Book something else', tokens: [nearer, pregnantPlan] }]);
  expect(links).toEqual([]);
  const form = new FormData();
  for (const token of forms[0]!.tokens) form.append('token', token);
  form.set('to', 'any');
  await expect(startBookingAgain(form)).rejects.toThrow('NEXT_REDIRECT');
  expect((await findHealthLimitsOfOwnPlans(NOW))?.held.map(({ serviceId }) => serviceId)).toEqual(['deep-tissue']);
});

it('says whose answers leave something out where several people share the address, and offers the others everything', async () => {
  const una = await book('Una Cole', instantAt('2026-12-15', '18:00'), ['thinner']);
  await book('Tom Cole', instantAt('2026-12-08', '18:00'));
  const { forms, links, words } = await draw();
  expect(words).toMatch(/For Una Cole Deep tissue : not offered/);
  expect(forms).toEqual([{ label: 'Book something else for Una Cole', tokens: [una] }]);
  expect(links).toEqual(['Book something else for Tom Cole']);
});

it('names nobody where nothing is left out', async () => {
  await book('Una Cole', instantAt('2026-12-15', '18:00'));
  await book('Tom Cole', instantAt('2026-12-08', '18:00'));
  const { forms, links } = await draw();
  expect([forms, links]).toEqual([[], ['Book something else']]);
});
