import { dayFromToday, openings } from '../api-client';
import { createFormClient, readHiddenFields, submitForm } from '../form-client';
import { startServer } from '../server';

export const title = 'neither one sender without a cookie nor many senders can fill the calendar with holds';

const THERAPIST = 'mira';
const MINUTES = 60;
const PADDED = 75;

/**
 * Sixteen requests without a cookie once held every open time of a therapist, while the booking step still offered
 * those times.
 */
export async function attack(folder: string, { isShort }: { isShort: boolean }) {
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '', TRUST_PROXY: '1' });
  const { address } = server;
  const free = (therapist = THERAPIST) => openings(address, from, 14, { therapist });
  const from = dayFromToday(60);
  try {
    const before = await free();
    const starts = oneAfterAnother(before);
    for (const startsAt of starts.slice(0, isShort ? 16 : 60)) await hold(address, startsAt, '203.0.113.9');
    const held = starts.slice(0, 60).length - starts.filter(isIn(await free())).length;
    if (held < 1) throw new Error('nothing was held at all');
    if (held * PADDED > 420) throw new Error(`one sender held ${held} times of ${PADDED} minutes`);

    // One customer has many IPv6 networks. This uses a therapist of whom nothing is held yet.
    const ofJun = oneAfterAnother(await free('jun')).slice(0, 48);
    for (const [k, startsAt] of ofJun.entries())
      await hold(address, startsAt, `2001:db8:1:${k.toString(16)}::1`, 'jun');
    const heldOfJun = ofJun.length - ofJun.filter(isIn(await free('jun'))).length;
    if (heldOfJun * PADDED > 4 * 420) throw new Error(`the networks of one /56 held ${heldOfJun} times`);

    const ofPlan = await holdPlan(address, from);
    if (ofPlan > 3) throw new Error(`a plan of twelve dates holds ${ofPlan} of them`);

    const [busy] = mostOn(before);
    const ofDay = starts.filter((startsAt) => startsAt.startsWith(busy));
    for (const [k, startsAt] of ofDay.entries()) {
      await hold(address, startsAt, `198.51.100.${k}`);
      await hold(address, startsAt, `198.51.101.${k}`);
    }
    const remaining = (await free()).filter(({ startsAt }) => startsAt.startsWith(busy));
    if (remaining.length === 0) throw new Error('many senders held the whole day');
    return {
      'from 48 networks of one IPv6 customer': heldOfJun,
      held,
      'of a plan of twelve': ofPlan,
      'of one sender’s': Math.min(starts.length, isShort ? 16 : 60),
      'still open that day': remaining.length,
    };
  } finally {
    await server.end('SIGTERM');
  }
}

/** As many starts as fit beside each other, so that all of them could be held if no limit stopped it. */
function oneAfterAnother(free: { startsAt: string }[]): string[] {
  const chosen: string[] = [];
  for (const { startsAt } of free) {
    const last = chosen.at(-1);
    if (!last || Date.parse(startsAt) - Date.parse(last) >= PADDED * 60_000) chosen.push(startsAt);
  }
  return chosen;
}

async function hold(address: string, startsAt: string, from: string, therapist = THERAPIST): Promise<void> {
  const sender = createFormClient(address, { 'X-Forwarded-For': from });
  const [on, time] = [startsAt.slice(0, 10), startsAt.slice(11, 16)];
  const plan = `type=swedish&minutes=${MINUTES}&cadence=once&on=${on}&time=${time}&with=${therapist}&step=dates`;
  const form = await readHiddenFields(sender, `/book?${plan}`, 'address').catch(() => null);
  if (!form) return; // it is held, and therefore not offered
  const { status } = await submitForm(sender, `/book?${plan}`, form);
  if (status !== 303) throw new Error(`a hold was answered ${status}`);
}

/**
 * How many dates of a long plan are held once somebody goes on with it, for a therapist of whom nothing is held yet.
 */
async function holdPlan(address: string, from: string): Promise<number> {
  // By wall time, which a weekly plan keeps when the clocks change.
  const listFree = async () => {
    const free = await openings(address, from, 31, { therapist: 'aoife' });
    return new Set(free.map(({ startsAt }) => startsAt.slice(0, 16)));
  };
  const weeksOf = (start: string) =>
    Array.from({ length: 4 }, (_, week) => {
      const day = new Date(Date.parse(`${start.slice(0, 10)}T00:00Z`) + week * 7 * 86_400_000);
      return day.toISOString().slice(0, 10) + start.slice(10);
    });
  const before = await listFree();
  const first = [...before].find((start) => weeksOf(start).every((date) => before.has(date)));
  if (!first) throw new Error('Aoife has no time that is free for four weeks');
  const sender = createFormClient(address, { 'X-Forwarded-For': '192.0.2.77' });
  const [on, time] = first.split('T');
  const plan = `type=swedish&minutes=${MINUTES}&cadence=weekly&sessions=12&on=${on}&time=${time}&with=aoife&step=dates`;
  const { status } = await submitForm(
    sender,
    `/book?${plan}`,
    await readHiddenFields(sender, `/book?${plan}`, 'address'),
  );
  if (status !== 303) throw new Error(`the dates of a plan were answered ${status}`);
  const after = await listFree();
  const held = weeksOf(first).filter((date) => !after.has(date)).length;
  if (held === 0) throw new Error('a plan of twelve dates holds nothing at all');
  return held;
}

function isIn(times: { startsAt: string }[]): (startsAt: string) => boolean {
  const all = new Set(times.map(({ startsAt }) => startsAt));
  return (startsAt) => all.has(startsAt);
}

function mostOn(times: { startsAt: string }[]): [day: string, count: number] {
  const counts = new Map<string, number>();
  for (const { startsAt } of times) counts.set(startsAt.slice(0, 10), (counts.get(startsAt.slice(0, 10)) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
}
