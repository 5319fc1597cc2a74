import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type BookedAppointment, book, cancel, dayFromToday, type Opening, openings } from './api-client';
import { assertTrue } from './assert-true';
import { type AcknowledgedChange, type BookedPosition, type Booking, checkDesks } from './desks-check';
import { createFormClient, type FormClient, fetchPage, findForm, readHiddenFields, submitForm } from './form-client';
import { type Server, startServer } from './server';

// Four desks move, resize and swap the same few dates with the calendar's forms, while clients book and cancel around
// them over the API. Then every acknowledged change is looked for in the database (desks-check.ts).

const DESKS = ['owner', 'front_desk', 'owner', 'front_desk'];
const THERAPISTS = ['mira', 'jun'];
const DRAGGED = 8;
const FIRST_DAY = 130; // far from what the demo has booked
const WEEKS = 6;
const DRAGGED_DAYS = 3;
const LENGTHS = [60, 90];
/** The longest pause of a client before booking. Without a pause the clients alone would be served. */
const MOST_THOUGHT_MS = 3000;
/** The answers that a desk may get: success, or a reason for refusal. `busy` means that nothing was done. */
const SUCCEEDED = ['moved', 'swapped'];
const REFUSED = ['taken', 'conflict', 'unusual', 'invalid', 'no_swap', 'busy'];

const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!;

async function proveDesks(seconds: number, clients: number, processes: number): Promise<Record<string, number>> {
  const { DATABASE_URL = '', DATA_DIR = '' } = process.env;
  mkdirSync(DATA_DIR, { recursive: true });
  const servers: Server[] = [];
  try {
    // One server after the other: the first makes the demo.
    for (let k = 0; k < processes; k++) servers.push(await startServer({ DATA_DIR, DATABASE_URL, DEMO: '1' }));
    const addresses = servers.map(({ address }) => address);
    const free = await listFreeTimes(addresses[0]!);
    const beganAt = Date.now();
    const dragged = await bookDragged(addresses[0]!, free);
    const days = [...new Set(free.map(({ startsAt }) => startsAt.slice(0, 10)))].slice(0, DRAGGED_DAYS);
    const desks = await Promise.all(DESKS.map((role, k) => signIn(addresses[k % processes]!, role)));
    const until = performance.now() + seconds * 1000;
    const answers: Record<string, number> = {};
    const count = (what: string) => {
      answers[what] = (answers[what] ?? 0) + 1;
    };
    const acknowledgedChanges: AcknowledgedChange[] = [];
    const bookings: Booking[] = [];
    const waits: number[] = [];
    const desk = async (sender: FormClient) => {
      while (performance.now() < until) {
        const began = performance.now();
        const uid = pick([...dragged.keys()]);
        const isSwap = Math.random() < 0.3;
        const change = isSwap
          ? await swap(sender, uid, pick(days), dragged)
          : await move(sender, uid, pick(days), pick(THERAPISTS), free);
        if (!change) continue;
        waits.push(performance.now() - began);
        const { flash, acknowledged } = change;
        assertTrue([...SUCCEEDED, ...REFUSED].includes(flash), `a desk was answered ${flash}`);
        count(flash);
        if (acknowledged) acknowledgedChanges.push(acknowledged);
      }
    };
    const client = async (k: number) => {
      const address = addresses[k % processes]!;
      let own: (Booking & { token: string }) | undefined;
      while (performance.now() < until) {
        await wait(Math.random() * MOST_THOUGHT_MS);
        if (own) {
          const { status } = await cancel(address, own.uid, own.token);
          assertTrue(status === 200 || status === 503, `a client who cancelled was answered ${status}`);
          if (status === 503) {
            count('busy client');
            continue;
          }
          own.isCancelled = true;
          own = undefined;
          count('cancelled');
          continue;
        }
        const { startsAt, therapists } = pick(free);
        const therapist = pick(therapists);
        const { status, body } = await book(address, { therapist, starts: [startsAt], name: `Client ${k}` });
        assertTrue([201, 409, 503].includes(status), `a client who booked was answered ${status}`);
        count(status === 201 ? 'booked' : status === 409 ? 'not free' : 'busy client');
        if (status !== 201) continue;
        const [{ uid }] = body.appointments as [BookedAppointment];
        const place = { uid, startsAt: Date.parse(startsAt), therapistId: therapist, isCancelled: false };
        const booking = { ...place, token: body.manageToken! };
        bookings.push(booking);
        own = booking;
      }
    };
    await Promise.all([...desks.map(desk), ...Array.from({ length: clients }, (_, k) => client(k))]);
    for (const server of servers) assertTrue((await server.end('SIGTERM')) === 0, 'a server did not end well');
    const resized = await checkDesks(dragged, acknowledgedChanges, bookings, beganAt);
    const sorted = waits.sort((a, b) => a - b);
    const { moved = 0, swapped = 0, booked = 0, cancelled = 0 } = answers;
    assertTrue(moved + swapped > 0 && booked > 0, `too little was done: ${JSON.stringify(answers)}`);
    const refused = REFUSED.reduce((sum, reason) => sum + (answers[reason] ?? 0), 0);
    return {
      ...{
        changed: moved + swapped,
        swapped,
        resized,
        refused,
        booked,
        cancelled,
        'not free': answers['not free'] ?? 0,
        busy: answers['busy client'] ?? 0,
      },
      'desk p50 ms': Math.round(sorted[Math.floor(sorted.length / 2)]!),
      'desk p99 ms': Math.round(sorted[Math.floor(sorted.length * 0.99)]!),
    };
  } finally {
    for (const { child } of servers) if (child.exitCode === null) child.kill('SIGKILL');
  }
}

/** Some free weeks of two therapists: more time than the clients can hold together, so that desks find free times. */
async function listFreeTimes(address: string): Promise<Opening[]> {
  const weeks: Opening[] = [];
  for (let week = 0; week < WEEKS; week++)
    weeks.push(...(await openings(address, dayFromToday(FIRST_DAY + week * 7), 7)));
  return weeks
    .map(({ startsAt, therapists }) => ({ startsAt, therapists: therapists.filter((id) => THERAPISTS.includes(id)) }))
    .filter(({ therapists }) => therapists.length > 0);
}

async function bookDragged(address: string, free: Opening[]): Promise<Map<string, BookedPosition>> {
  const dragged = new Map<string, BookedPosition>();
  for (const { startsAt, therapists } of free) {
    if (dragged.size === DRAGGED) break;
    const therapist = therapists[dragged.size % therapists.length]!;
    const { status, body } = await book(address, { therapist, starts: [startsAt], name: `Dragged ${dragged.size}` });
    if (status !== 201) continue;
    const [{ uid }] = body.appointments as [BookedAppointment];
    dragged.set(uid, { startAt: Date.parse(startsAt), therapistId: therapist, minutes: 60 });
  }
  assertTrue(dragged.size === DRAGGED, `only ${dragged.size} dates could be booked to be dragged`);
  return dragged;
}

async function signIn(address: string, role: string): Promise<FormClient> {
  const sender = createFormClient(address);
  await submitForm(sender, '/sign-in', [...(await readHiddenFields(sender, '/sign-in', 'role')), ['role', role]]);
  const { status } = await fetchPage(sender, '/practice/calendar');
  assertTrue(status === 200, `the calendar of ${role} was answered ${status}`);
  return sender;
}

interface Change {
  flash: string;
  acknowledged: AcknowledgedChange | null;
}

/** As with the panel: chooses another day, therapist or length, then presses one of the times. */
async function move(
  sender: FormClient,
  uid: string,
  on: string,
  therapistId: string,
  free: Opening[],
): Promise<Change | null> {
  const minutes = pick(LENGTHS);
  const query = { on, view: 'day', whose: 'everyone', open: uid, ask: 'move', to: on, who: therapistId };
  const { status, text } = await fetchPage(
    sender,
    `/practice/calendar?${new URLSearchParams({ ...query, for: `${minutes}` })}`,
  );
  assertTrue(status === 200, `the calendar was answered ${status}`);
  const form = findForm(text, 'with', 'to');
  assertTrue(form !== null, 'the calendar has no form that moves');
  // Or a time at which somebody may be booked by now: a drag does not ask for free times first.
  const known = free
    .filter((opening) => opening.startsAt.startsWith(on))
    .map((opening) => `${Date.parse(opening.startsAt)}`);
  const startsAt = pick(form.choices.length > 0 && Math.random() < 0.7 ? form.choices : known);
  const fields = new Map([...form.hidden, ['to', startsAt], ['meant', 'yes'], ['scope', 'this'], ['at', '']]);
  const was = Number(fields.get('version'));
  const to = { startAt: Number(startsAt), therapistId, minutes: Number(fields.get('minutes')) };
  return send(sender, fields, { uid, version: was, to });
}

async function swap(
  sender: FormClient,
  uid: string,
  on: string,
  dragged: Map<string, BookedPosition>,
): Promise<Change | null> {
  const query = { on, view: 'day', whose: 'everyone', open: uid, ask: 'swap' };
  const { status, text } = await fetchPage(sender, `/practice/calendar?${new URLSearchParams(query)}`);
  assertTrue(status === 200, `the calendar was answered ${status}`);
  const form = findForm(text, 'other');
  const others = form?.choices.filter((choice) => dragged.has(choice.split('.')[0]!)) ?? [];
  if (!form || others.length === 0) return null;
  const other = pick(others);
  const fields = new Map([...form.hidden, ['other', other]]);
  const change = { uid, version: Number(fields.get('version')), to: { other: other.split('.')[0]! } };
  return send(sender, fields, change);
}

async function send(sender: FormClient, fields: Map<string, string>, change: Omit<AcknowledgedChange, 'id'>) {
  const { status, leadsTo } = await submitForm(sender, '/practice/calendar', fields);
  assertTrue(status === 303 && leadsTo !== null, `a form of the calendar was answered ${status}`);
  const { searchParams } = new URL(leadsTo, sender.address);
  const flash = searchParams.get('flash') ?? '';
  const id = searchParams.get('undo');
  // Moved to where it was already: nothing changed, so nothing can be undone.
  return { flash, acknowledged: SUCCEEDED.includes(flash) && id !== null ? { ...change, id } : null };
}

const [, , seconds, clients, processes] = process.argv.map(Number);
console.log(JSON.stringify(await proveDesks(seconds!, clients!, processes!)));
process.exit(0);
