import { startServer } from '../server';

export const title = 'a stranger cannot book the practice full';

const WEEK_MS = 7 * 86_400_000;
const MINUTES = 90;

interface Standing {
  firstOn: string;
  time: string;
  therapist: string;
  open: number;
  of: number;
}

/** Sends as many series as possible to made-up e-mail addresses: from one network address, then from many. */
export async function attack(folder: string, { isShort }: { isShort: boolean }) {
  const series = isShort ? 18 : 64;
  const entry = await flood(`${folder}/one`, { senderOf: () => '203.0.113.9', series, sessions: 12 });
  if (entry.booked > 12) throw new Error(`${entry.booked} sessions were booked by one sender`);
  if (entry.honest !== 201) throw new Error(`an honest new client was answered ${entry.honest} beside the flood`);
  const ofOneCustomer = (k: number) => `2001:db8:1:${k.toString(16)}::1`;
  const networks = await flood(`${folder}/networks`, { senderOf: ofOneCustomer, series, sessions: 12, isSpread: true });
  if (networks.booked > 4 * 12) throw new Error(`${networks.booked} sessions were booked from the networks of one /56`);
  const many = await flood(`${folder}/many`, {
    senderOf: (k) => `203.0.${k}.9`,
    series: isShort ? 40 : 64,
    sessions: 12,
  });
  if (many.openAfter < many.openBefore / 3)
    throw new Error(`${many.openAfter} of ${many.openBefore} standing times are left`);
  const figuresOf = ({ booked, toConfirm, openBefore, openAfter }: typeof entry) =>
    `${booked} booked, ${toConfirm} to confirm, ${openAfter} of ${openBefore} standing times left`;
  return {
    'from one sender:': figuresOf(entry),
    'from the networks of one IPv6 customer:': figuresOf(networks),
    'from many:': figuresOf(many),
  };
}

async function flood(
  folder: string,
  {
    senderOf,
    series,
    sessions,
    isSpread = false,
  }: { senderOf: (k: number) => string; series: number; sessions: number; isSpread?: boolean },
) {
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '', TRUST_PROXY: '1' });
  const api = `${server.address}/api/v1`;
  const from = isoDay(Date.now() + WEEK_MS);
  const standingTimes = async (sender: string) => {
    const query = `service=swedish&minutes=${MINUTES}&cadence=weekly&sessions=${sessions}&from=${from}&limit=50`;
    const answer = await fetch(`${api}/standing-times?${query}`, { headers: { 'X-Forwarded-For': sender } });
    return ((await answer.json()) as { standingTimes: Standing[]; timeZone: string }).standingTimes;
  };
  const wholly = (times: Standing[]) => times.filter(({ open, of: value }) => open === value);
  try {
    const before = wholly(await standingTimes('192.0.2.1'));
    let booked = 0;
    let toConfirm = 0;
    for (let k = 0; k < series; k++) {
      const sender = senderOf(k);
      const times = wholly(await standingTimes(sender));
      const time = times[isSpread ? (k * 7) % times.length : 0];
      if (!time) break;
      const answer = await book(api, sender, k, await startsOf(api, sender, time, sessions));
      if (answer.status === 201) booked += ((await answer.json()) as { appointments: [] }).appointments.length;
      else if (answer.status === 202) {
        toConfirm++;
        const { state, until } = (await answer.json()) as { state: string; until: string };
        const minutes = (Date.parse(until) - Date.now()) / 60_000;
        if (state !== 'to_confirm' || !(minutes > 55 && minutes < 61))
          throw new Error(`beyond the cap the answer is ${state} until ${until}`);
      }
    }
    const after = wholly(await standingTimes('192.0.2.1'));
    const [time] = after;
    const own = time && (await startsOf(api, '192.0.2.44', time, 1));
    const honest = own && (await book(api, '192.0.2.44', series, own)).status;
    return { booked, toConfirm, honest, openBefore: before.length, openAfter: after.length };
  } finally {
    await server.end('SIGTERM');
  }
}

/** The instants of a standing time: the same wall time in the practice's zone in so many weeks. */
async function startsOf(api: string, sender: string, { firstOn, time, therapist }: Standing, sessions: number) {
  const answer = await fetch(`${api}/openings?service=swedish&minutes=${MINUTES}&from=${firstOn}&days=1`, {
    headers: { 'X-Forwarded-For': sender },
  });
  const { openings, timeZone } = (await answer.json()) as { openings: { startsAt: string }[]; timeZone: string };
  const hour = (at: number) =>
    new Date(at).toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const first = openings.map(({ startsAt }) => Date.parse(startsAt)).find((at) => hour(at) === time);
  if (first === undefined) throw new Error(`${firstOn} ${time} is not open`);
  const weeks = Array.from({ length: sessions }, (_, k) => first + k * WEEK_MS);
  // After a clock change, the same wall time is another instant.
  const shifted = weeks.map((at) => [at, at - 3_600_000, at + 3_600_000].find((near) => hour(near) === time) ?? at);
  return shifted.map((at) => ({ startsAt: new Date(at).toISOString(), therapist }));
}

function book(api: string, sender: string, k: number, appointments: { startsAt: string; therapist: string }[]) {
  return fetch(`${api}/series`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `flood-${k}`, 'X-Forwarded-For': sender },
    body: JSON.stringify({
      service: 'swedish',
      minutes: MINUTES,
      cadence: 'weekly',
      appointments,
      client: { name: 'Made Up', email: `made.up.${k}@example.org` },
    }),
  });
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
