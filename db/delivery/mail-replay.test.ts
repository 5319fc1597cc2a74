import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import { reader } from '@/db/connection/database-client';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import { leaseDueMessages } from '@/db/messages/outbox-delivery';
import { appointments, clients } from '@/db/schema';
import { deleteAllRows, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { type InboxAnswer, openTestInbox, type TestInbox } from '@/mail/test-inbox';
import { type CalendarApp, listCalendarApps, readEvents } from '@/testing/calendar-apps';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { sendDueMessages } from '@/workers/outbox-worker';
import { applyOldMailDecision, listMail, retryMessage } from './outbox-for-staff';
import { prepareMailFacts } from './prepare-mail-facts';

// Whatever is booked, moved and cancelled, and whatever happens to the mail on its way: a reader who adds every
// calendar file to a calendar as it arrives ends up with the database's appointments.

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const PEOPLE = ['ana@example.org', 'rui@example.org', 'nia@example.org'];
const THERAPISTS = ['mira', 'jun'];
const TIMES = ['16:00', '17:00', '18:00', '18:30'];
const [icalJs, ...otherApps] = listCalendarApps() as [CalendarApp, ...CalendarApp[]];

let inbox: TestInbox;
beforeEach(async () => {
  vi.stubEnv('BASE_URL', 'http://127.0.0.1:3000');
  vi.stubEnv('RATE_LIMITS', '');
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  inbox = await openTestInbox();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await inbox.close();
});

interface Step {
  does: 'book' | 'move' | 'move' | 'cancel' | 'cancel all' | 'nothing';
  /** Picks the person, date, time and therapist; each number is reduced to the choices there are. */
  pick: [number, number, number, number];
  minutes: number;
  /** A worker leases what is due, and dies with it. */
  dies: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom('book', 'move', 'move', 'cancel', 'cancel all', 'nothing'),
  pick: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()),
  minutes: fc.integer({ min: 0, max: 45 }),
  dies: fc.boolean(),
});
const prompt: InboxAnswer[] = [
  ...(['take', 'take', 'take', 'take and hang up', 'hang up'] as const),
  { code: 451, words: 'Not now' },
  { code: 554, words: '5.7.1 Blocked by policy' },
];
const answersOf = (kinds: InboxAnswer[]) => fc.array(fc.constantFrom(...kinds), { minLength: 8, maxLength: 40 });
const recipients = fc.array(fc.constantFrom(undefined, undefined, undefined, 450, 550), {
  minLength: 5,
  maxLength: 20,
});

async function change({ does, pick: [who, index, time, recipient] }: Step, now: number): Promise<void> {
  const therapistId = THERAPISTS[recipient % THERAPISTS.length]!;
  const startOf = (week: number) =>
    instantAt(`2026-12-${String(1 + 7 * (week % 4)).padStart(2, '0')}`, TIMES[time % TIMES.length]!);
  if (does === 'book') {
    const email = PEOPLE[who % PEOPLE.length]!;
    const starts = listWeeklyInstants('2026-12-01', TIMES[time % TIMES.length]!, 1 + (index % 3));
    await bookSeries(OWNER_VIEWER, makeSeriesRequest(starts, { therapistId, client: { name: email, email } }), { now });
    return;
  }
  const standing = (await (await reader()).select().from(appointments)).filter(({ status }) => status === 'booked');
  if (standing.length === 0 || does === 'nothing') return;
  standing.sort((a, b) => (a.id < b.id ? -1 : 1));
  const { id: uid } = standing[index % standing.length]!;
  if (does === 'move') {
    await moveAppointments(OWNER_VIEWER, { uid, startsAt: startOf(who), therapistId, scope: 'this' }, { now });
  } else {
    await cancelAppointments(OWNER_VIEWER, { uid, scope: does === 'cancel' ? 'this' : 'all' }, { now });
  }
}

/** What each address should have in its calendar: uid, start and end of all booked appointments. */
async function inTheDatabase(): Promise<Record<string, string[]>> {
  const rows = (await (await reader()).select().from(appointments)).filter(({ status }) => status === 'booked');
  const people = new Map((await (await reader()).select().from(clients)).map(({ id, email }) => [id, email]));
  const held: Record<string, string[]> = {};
  for (const { id, clientId, therapistId, startAt, endAt } of rows) {
    for (const email of [people.get(clientId)!, `${therapistId}@fortnight.example`])
      held[email] = [...(held[email] ?? []), `${id} ${startAt} ${endAt}`].sort();
  }
  return held;
}

/** The calendar objects that an address received, in order; each once per e-mail, even if the e-mail holds it twice. */
function filesTo(email: string): string[] {
  const mails = inbox.received.filter((mail) => mail.recipients.includes(email));
  return mails.flatMap(({ mail }) => {
    const files = (mail.attachments ?? []).filter(({ contentType }) => /calendar|ics/.test(contentType));
    return [...new Set(files.map(({ content }) => content.toString('utf8')))];
  });
}

function shownBy(app: CalendarApp, email: string): string[] {
  const shown = app.show(filesTo(email)).filter(({ status }) => status === 'CONFIRMED');
  return shown.map(({ uid, start, end }) => `${uid} ${start} ${end}`).sort();
}

/** Sends all that waits: the mail server works again, and the practice retries what had been given up. */
async function settle(from: number): Promise<void> {
  inbox.answer = () => 'take';
  inbox.refuseRecipients = undefined;
  for (let now = from, rounds = 0; rounds < 60; now += 61 * MINUTE, rounds++) {
    const mail = await listMail(OWNER_VIEWER, { now });
    for (const { id, state } of mail) if (state === 'dead') await retryMessage(OWNER_VIEWER, id, now);
    await applyOldMailDecision(OWNER_VIEWER, { isSent: true }, { now });
    for (let sent = 1; sent > 0; ) sent = await sendDueMessages(inbox.url, 'one', () => now);
    if (mail.every(({ state }) => !['waiting', 'dead', 'kept'].includes(state))) return;
  }
  throw new Error('Something still waits.');
}

async function play(steps: Step[], results: InboxAnswer[], refused: (number | undefined)[]): Promise<void> {
  await db.write(async (tx) => {
    await deleteAllRows(tx);
    await insertDemoPractice(tx, NOW);
  });
  await inbox.idle();
  inbox.received.length = 0;
  inbox.answer = (attempt) => results[attempt % results.length]!;
  let request = 0;
  inbox.refuseRecipients = () => refused[request++ % refused.length];
  let now = NOW;
  for (const [k, step] of steps.entries()) {
    now += step.minutes * MINUTE;
    const then = now;
    if (step.dies && k % 3 === 0) {
      for (const { id } of await leaseDueMessages('dead', then, 3)) await prepareMailFacts(id, 'dead', then);
    }
    await Promise.all([
      change(step, then),
      sendDueMessages(inbox.url, 'one', () => then),
      sendDueMessages(inbox.url, 'two', () => then),
    ]);
  }
  await settle(now + 3 * MINUTE);
  await inbox.idle();
}

const leavesCalendarsTrue = (kinds: InboxAnswer[]) =>
  fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), answersOf(kinds), recipients, async (...played) => {
    await play(...played);
    const held = await inTheDatabase();
    const all = [...PEOPLE, ...THERAPISTS.map((id) => `${id}@fortnight.example`)];
    const shown = Object.fromEntries(all.map((email) => [email, shownBy(icalJs, email)]));
    expect(shown).toEqual(Object.fromEntries(all.map((email) => [email, held[email] ?? []])));
    for (const file of all.flatMap(filesTo)) expect(readEvents(file)).toHaveLength(1);
  });

it('35 leaves every calendar equal to the database', { timeout: 600_000 }, async () => {
  await fc.assert(leavesCalendarsTrue([...prompt, 'take late']), {
    numRuns: getPropertyTestRuns(8),
    endOnFailure: true,
  });
});

// In this run a message is given up, others are sent after it, and then it is retried.
it('leaves every calendar equal to the database when a message is retried after later ones', {
  timeout: 60_000,
}, async () => {
  await fc.assert(leavesCalendarsTrue(prompt), { seed: 1141186985, path: '4', numRuns: 1, endOnFailure: true });
});

it.each(otherApps)('leaves the calendar of $name equal to the database', { timeout: 300_000 }, async (app) => {
  const does = (doing: Step['does'], pick: Step['pick']): Step => ({ does: doing, pick, minutes: 7, dies: true });
  const steps = [
    does('book', [0, 2, 0, 0]),
    does('move', [1, 0, 2, 0]),
    does('move', [2, 1, 3, 1]),
    does('cancel', [0, 2, 0, 0]),
    does('book', [0, 1, 1, 1]),
    does('cancel all', [0, 4, 0, 0]),
    does('move', [3, 0, 1, 1]),
  ];
  // No file arrives late: khal keeps the file that arrives last, whatever its sequence number.
  await play(steps, ['take', 'take and hang up', { code: 451, words: 'Not now' }], [undefined, undefined, 450]);
  const held = await inTheDatabase();
  const all = [...PEOPLE, ...THERAPISTS.map((id) => `${id}@fortnight.example`)];
  for (const email of all) expect(shownBy(app, email), email).toEqual(held[email] ?? []);
});
