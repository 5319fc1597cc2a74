import { createHash } from 'node:crypto';
import { STARTING_SERVICES, type StartingServiceId } from '@/db/practice/new-practice-defaults';
import type { Holiday } from '@/db/practice/practice';
import type {
  AppointmentStatus,
  appointments,
  clients,
  hoursOverrides,
  series,
  seriesQuestionPages,
  skips,
  timeOff,
  WallRange,
} from '@/db/schema';
import { listSeriesDays } from '@/scheduling/cadence';
import { computePaddedInterval } from '@/scheduling/choose-resources';
import { addDays, weekdayOf } from '@/scheduling/day';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';
import { DEMO_ONE_TIME_CLIENTS, DEMO_SERIES, type DemoSeries } from './demo-bookings';
import { createDemoBusyTimes, DEMO_MASSAGE_CLEANUP_MINUTES, type DemoBusyTimes } from './demo-busy-times';
import { DEMO_CLIENT, PRACTICE, THERAPISTS } from './demo-practice';
import { listIrishHolidays } from './irish-holidays';
import { createSeededRandom, type SeededRandom } from './seeded-random';

/** The rows of the demo, ready to be inserted. */
export interface DemoRows {
  holidays: Holiday[];
  overrides: (typeof hoursOverrides.$inferInsert)[];
  timeOff: (typeof timeOff.$inferInsert)[];
  clients: (typeof clients.$inferInsert)[];
  /** The note in plain text; it is encrypted when the row is inserted. */
  series: (Omit<typeof series.$inferInsert, 'sealedNote'> & { note: string | null })[];
  questions: (typeof seriesQuestionPages.$inferInsert)[];
  skips: (typeof skips.$inferInsert)[];
  appointments: (typeof appointments.$inferInsert)[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const HOLIDAY_MONTHS = 14;
const WEEKS_BACK = 6;
const WEEKS_AHEAD = 8;
const { timeZone } = PRACTICE;

/** Plans the demo around the week of `now`. The same moment gives the same rows on every machine. */
export function buildDemoRows(now: number): DemoRows {
  const today = toWallTime(timeZone, now).on;
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  const dice = createSeededRandom(20261123);
  const idOf = (name: string) => uuidOf(`${monday} ${name}`);
  const years = [-1, 0, 1, 2].map((n) => Number(today.slice(0, 4)) + n);
  const demo: DemoRows = {
    holidays: years
      .flatMap(listIrishHolidays)
      .filter(({ on }) => on >= addDays(monday, -7 * WEEKS_BACK) && on <= addDays(today, HOLIDAY_MONTHS * 31)),
    overrides: years.flatMap((year) => shortDay(`${year}-12-24`)).filter(({ on }) => on >= today),
    timeOff: [
      { therapist: 'tom', kind: 'leave' as const, from: [21, '00:00'] as const, until: [28, '00:00'] as const },
      { therapist: 'jun', kind: 'break' as const, from: [11, '13:00'] as const, until: [11, '15:00'] as const },
      { therapist: 'aoife', kind: 'break' as const, from: [16, '14:30'] as const, until: [16, '17:00'] as const },
    ].map(({ therapist, kind, from, until }) => ({
      id: idOf(`off ${therapist}`),
      therapistId: therapist,
      kind,
      startAt: toInstant(timeZone, addDays(monday, from[0]), from[1]),
      endAt: toInstant(timeZone, addDays(monday, until[0]), until[1]),
      createdAt: now - 20 * DAY,
    })),
    clients: [],
    series: [],
    questions: [],
    skips: [],
    appointments: [],
  };
  const diary = createDemoBusyTimes(demo);
  for (const [at, plan] of [...DEMO_SERIES, ...visitsOf(dice)].entries()) {
    bookDemo(demo, diary, plan, { now, monday, dice, at, idOf });
  }
  return demo;
}

/** On Christmas Eve, everybody who would work later stops at 13:00. */
function shortDay(on: string): DemoRows['overrides'] {
  return THERAPISTS.flatMap(({ id, hours }) => {
    const usual = hours.find(({ weekdays }) => weekdays.includes(weekdayOf(on)))?.ranges;
    if (!usual) return [];
    const remaining = usual
      .filter(([from]) => from < '13:00')
      .map(([from, until]): WallRange => [from, until < '13:00' ? until : '13:00']);
    return [{ therapistId: id, on, hours: remaining, timeZone }];
  });
}

/**
 * Single visits, one for each name, on a quarter of an hour within somebody's working day, and never on a Tuesday
 * evening.
 */
function visitsOf(dice: SeededRandom): DemoSeries[] {
  return DEMO_ONE_TIME_CLIENTS.map((client) => {
    const therapist = dice.pick(THERAPISTS);
    const { weekdays, ranges } = dice.pick(therapist.hours);
    const [from] = dice.pick(ranges);
    return {
      client,
      therapist: therapist.id,
      week: dice.below(WEEKS_BACK + WEEKS_AHEAD) - WEEKS_BACK,
      weekday: dice.pick(weekdays),
      time: from < '15:00' ? `${from.slice(0, 2)}:${dice.pick(['30', '45'])}` : from,
      minutes: dice.pick([30, 60, 60, 90]),
      cadence: 'once',
      steps: [[dice.pick(therapist.services), 1]],
    };
  });
}

interface Around {
  now: number;
  monday: string;
  dice: SeededRandom;
  at: number;
  idOf: (name: string) => string;
}

function bookDemo(demo: DemoRows, diary: DemoBusyTimes, plan: DemoSeries, { now, monday, dice, at, idOf }: Around) {
  const { therapist, minutes, cadence, time } = plan;
  const services = plan.steps.flatMap(([service, count]) => Array.from({ length: count }, () => service));
  const firstOn = addDays(monday, 7 * plan.week + ((plan.weekday + 6) % 7));
  const days = listSeriesDays({ cadence, firstOn, sessions: services.length });
  const firstStart = toInstant(timeZone, firstOn, time);
  const createdAt = Math.min(firstStart - (6 + dice.below(5)) * DAY, now - DAY) - dice.below(600) * MINUTE;
  const id = idOf(`series ${at}`);
  const clientId = plan.client === DEMO_CLIENT.name ? DEMO_CLIENT.id : idOf(`client ${plan.client}`);
  const rows: DemoRows['appointments'] = [];
  const skipped: DemoRows['skips'] = [];

  for (const [k, on] of days.entries()) {
    const service = services[k]!;
    const nominalStartAt = toInstant(timeZone, on, time);
    // Ana never misses a session: one that falls on a closed day is moved to the day before.
    const others = plan.client === DEMO_CLIENT.name ? [addDays(on, -1), addDays(on, 1)] : [];
    const attempts = [on, ...others].map((day) => {
      const start = toInstant(timeZone, day, time);
      return { start, room: diary.place(therapist, service, start, minutes) };
    });
    const found = attempts.find(({ room }) => room !== undefined);
    if (!found) {
      skipped.push({ seriesId: id, position: k + 1, nominalStartAt, nominalOn: on, createdAt });
      continue;
    }
    const roomId = found.room!;
    const padded = computePaddedInterval(found.start, {
      minutes,
      setupMinutes: 0,
      cleanupMinutes: DEMO_MASSAGE_CLEANUP_MINUTES,
    });
    const wall = toWallTime(timeZone, found.start);
    const fate = outcomeOf(found.start, minutes, { now, createdAt, dice, isAna: plan.client === DEMO_CLIENT.name });
    if (fate.status !== 'cancelled') diary.take(therapist, roomId, padded);
    rows.push({
      id: idOf(`appointment ${at} ${k}`),
      seriesId: id,
      position: k + 1,
      clientId,
      therapistId: therapist,
      roomId,
      serviceId: service,
      startAt: found.start,
      endAt: found.start + minutes * MINUTE,
      paddedStartAt: padded.start,
      paddedEndAt: padded.end,
      localStart: `${wall.on}T${wall.time}`,
      timeZone,
      nominalStartAt,
      nominalTherapistId: therapist,
      minutes,
      priceCents: priceOf(service, minutes),
      currency: PRACTICE.currency,
      createdAt,
      ...fate,
    });
  }
  if (rows.length === 0) return;

  demo.clients.push({
    id: clientId,
    name: plan.client,
    email: emailOf(plan.client),
    phone: plan.client === DEMO_CLIENT.name ? DEMO_CLIENT.phone : at % 3 === 0 ? `01 555 0${String(200 + at)}` : null,
    ...(plan.language && { language: plan.language }),
    createdAt,
  });
  demo.series.push({
    id,
    clientId,
    therapistId: therapist,
    cadence,
    firstOn,
    localTime: time,
    timeZone,
    sessions: services.length,
    note: plan.note ?? null,
    version: 1,
    createdAt,
  });
  if (plan.question) demo.questions.push({ seriesId: id, questionSlug: plan.question, createdAt });
  demo.skips.push(...skipped);
  demo.appointments.push(...rows);
}

type AppointmentOutcome = Pick<
  typeof appointments.$inferInsert,
  'sequence' | 'version' | 'cancelledAt' | 'cancelledBy' | 'completedAt' | 'noShowAt'
> & { status: AppointmentStatus };

/** The outcome of a visit: usually the intended one. A visit that ended within the last two hours is not marked yet. */
function outcomeOf(
  start: number,
  minutes: number,
  { now, createdAt, dice, isAna }: { now: number; createdAt: number; dice: SeededRandom; isAna: boolean },
): AppointmentOutcome {
  const end = start + minutes * MINUTE;
  const roll = isAna ? 99 : dice.below(100);
  if (roll < 3) {
    const cancelledAt = Math.min(Math.max(start - 2 * DAY, createdAt + HOUR), now - HOUR);
    return {
      status: 'cancelled',
      sequence: 1,
      version: 2,
      cancelledAt,
      cancelledBy: roll === 0 ? 'practice' : 'client',
    };
  }
  if (end > now - 2 * HOUR) return { status: 'booked', sequence: 0, version: 1 };
  if (roll < 7) return { status: 'no_show', sequence: 0, version: 2, noShowAt: start + 20 * MINUTE };
  return { status: 'completed', sequence: 0, version: 2, completedAt: end + 5 * MINUTE };
}

function priceOf(id: StartingServiceId, minutes: number): number {
  const prices: Record<number, number> = STARTING_SERVICES.find((service) => service.id === id)!.prices;
  return prices[minutes]!;
}

/** `Síle Breen` is sile.breen@example.org, in a domain that no real address uses. */
function emailOf(name: string): string {
  if (name === DEMO_CLIENT.name) return DEMO_CLIENT.email;
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return `${plain.replace(/[^a-z]+/g, '.')}@example.org`;
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(`fortnight demo ${name}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
