import { dayFromToday, openings, requestApi } from '../api-client';
import { createFormClient, fetchPage, readHiddenFields, submitForm } from '../form-client';
import { startServer } from '../server';

export const title = 'a link with a chosen key leads its maker to nobody else’s booking';

const KEY = '0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a01';
const FORM_VALUES = { name: 'Ana Costa', email: 'ana@example.org', signs: 'none', consent: 'yes' };

/**
 * A plan's idempotency key is in its address, so that a form that is sent twice books once. An attacker could send
 * somebody a link with a key of their own, then send the same form after the victim, and was redirected to the victim's
 * manage link: it showed the victim's name and dates, and could cancel them.
 */
export async function attack(folder: string) {
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '', TRUST_PROXY: '1' });
  try {
    const { address } = server;
    const [free] = await openings(address, dayFromToday(45), 14, { therapist: 'mira' });
    if (!free) throw new Error('Mira has no time to be booked');
    const [on, time] = [free.startsAt.slice(0, 10), free.startsAt.slice(11, 16)];
    const plan = `type=swedish&minutes=60&cadence=once&on=${on}&time=${time}&with=mira&step=you`;
    const link = `/book?${plan}&key=${KEY}`;

    const victim = createFormClient(address, { 'X-Forwarded-For': '198.51.100.7' });
    const form = new Map([...(await readHiddenFields(victim, link, 'name')), ...Object.entries(FORM_VALUES)]);
    const booked = await submitForm(victim, link, form);
    const token = /^\/manage\/([^/]+)\/booked$/.exec(booked.leadsTo ?? '')?.[1];
    if (!token) throw new Error(`the victim could not book: ${booked.status}`);
    const again = await submitForm(victim, link, form);
    if (again.leadsTo !== booked.leadsTo) throw new Error('the victim’s own second press led elsewhere');

    const withoutCookie = createFormClient(address, { 'X-Forwarded-For': '203.0.113.9' });
    const withOwn = createFormClient(address, { 'X-Forwarded-For': '203.0.113.9' });
    await fetchPage(withOwn, link);
    const withChosen = createFormClient(address, { 'X-Forwarded-For': '203.0.113.9' });
    withChosen.cookies.set('fortnight-plans', KEY);
    for (const attacker of [withoutCookie, withOwn, withChosen]) {
      for (const { status, text, leadsTo } of [
        await submitForm(attacker, link, form),
        await submitForm(attacker, link, form), // with the cookie of the first answer
        await fetchPage(attacker, link),
      ]) {
        if (leadsTo !== null || text.includes(token))
          throw new Error(`the victim’s link was given away, with ${status}`);
      }
    }
    const program = await requestApi(
      'POST',
      `${address}/api/v1/series`,
      {
        service: 'swedish',
        minutes: 60,
        cadence: 'once',
        appointments: [free].map(({ startsAt }) => ({ startsAt, therapist: 'mira' })),
        client: { name: FORM_VALUES.name, email: FORM_VALUES.email },
      },
      { 'Idempotency-Key': KEY, 'X-Forwarded-For': '203.0.113.9' },
    );
    if (program.status === 201 || JSON.stringify(program.body).includes(token))
      throw new Error(`a program with the same key was answered ${program.status}`);
  } finally {
    await server.end('SIGTERM');
  }
}
