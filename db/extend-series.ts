import { and, asc, eq } from 'drizzle-orm';
import type { ClashReason } from '@/scheduling/availability';
import { type PlannedDate, whoWorksThen } from '@/scheduling/booking';
import { isWithinWindow } from '@/scheduling/policy';
import { chooseResources, paddedInterval } from '@/scheduling/resources';
import { planExtension } from '@/scheduling/series';
import type { Clock, Refusal } from './appointments';
import { gatherRules, gatherTaken } from './booking-facts';
import { claim } from './claims';
import { type Db, transact } from './client';
import { actorOf, recordEvent } from './history';
import { type Invalid, invalid } from './invalid';
import { isId, ownSeries } from './ownership';
import { occurrenceOf } from './plan-move';
import { getPractice } from './practice';
import { insertPrepared } from './prepared';
import { appointments, clients, series, skips } from './schema';
import { tell } from './telling';
import { isStaff, type Viewer } from './viewer';
import { appointmentRows, claimsOf } from './write-series';

export interface ExtendRequest {
  seriesId: string;
  /** How many dates more. */
  sessions: number;
  /** The version of the series that was looked at; when it has changed since, nothing is booked. */
  version?: number | undefined;
}

/** Each of the new dates, in order, and what is in its way. */
export interface NewDate {
  position: number;
  startsAt: number;
  priceCents: number;
  clash: ClashReason | null;
}

export type ExtendResult =
  | { ok: true; seriesId: string; dates: NewDate[] }
  | { ok: false; reason: 'taken'; dates: NewDate[] }
  | Invalid
  | Refusal<'not_found' | 'conflict'>;

/**
 * Books more dates after the last of a series, in its rhythm and with its therapist: all of them or none. The massage
 * and its length are the last date's, at what they cost now.
 */
export async function extendSeries(viewer: Viewer, request: ExtendRequest, { now }: Clock): Promise<ExtendResult> {
  return transact<ExtendResult>(async (tx, undo) => {
    const result = await extend(tx, viewer, request, now, false);
    return result.ok ? result : undo(result);
  });
}

/** Extends and takes it back before anybody could see it: to show every date before anything is booked. */
export async function tryExtension(viewer: Viewer, request: ExtendRequest, { now }: Clock): Promise<ExtendResult> {
  return transact<ExtendResult>((tx) => extend(tx, viewer, request, now, true));
}

async function extend(
  tx: Db,
  viewer: Viewer,
  { seriesId, sessions, version }: ExtendRequest,
  now: number,
  isTrial: boolean,
): Promise<ExtendResult> {
  if (!isId(seriesId)) return { ok: false, reason: 'not_found' };
  const [found] = await tx
    .select({ series })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(and(eq(series.id, seriesId), ownSeries(tx, viewer)));
  if (!found) return { ok: false, reason: 'not_found' };
  const of = found.series;
  // A colleague's time is not theirs to give away.
  if (viewer.role === 'therapist' && viewer.therapistId !== of.therapistId) return { ok: false, reason: 'not_found' };
  if (version !== undefined && version !== of.version) return { ok: false, reason: 'conflict' };
  if (!isTrial && !(await takeTurn(tx, of))) return { ok: false, reason: 'conflict' };
  const practice = await getPractice(tx);
  const most = practice.maxSessions - of.sessions;
  if (!Number.isSafeInteger(sessions) || sessions < 1 || sessions > most) {
    const message = most > 0 ? `Add 1 to ${most} dates.` : `A series has at most ${practice.maxSessions} dates.`;
    return invalid([{ path: ['sessions'], message }]);
  }

  const rows = await tx
    .select()
    .from(appointments)
    .where(eq(appointments.seriesId, seriesId))
    .orderBy(asc(appointments.position));
  const last = rows.at(-1);
  if (!last) return { ok: false, reason: 'not_found' };
  const { rules } = await gatherServices(tx, of.therapistId, now);
  const service = rules.services.get(last.serviceId);
  const length = service?.lengths.find(({ minutes }) => minutes === last.minutes);
  if (!service?.therapists.includes(of.therapistId) || !length) {
    return invalid([{ path: ['sessions'], message: 'This massage is not offered any more. Please book anew.' }]);
  }
  const skipped = await tx.select().from(skips).where(eq(skips.seriesId, seriesId));
  const plan = planExtension({
    rule: { timeZone: of.timeZone, cadence: of.cadence, time: of.localTime, therapistId: of.therapistId },
    occurrences: rows.map((row) => occurrenceOf(row)),
    skips: skipped.map(({ position, nominalOn, nominalStartAt }) => {
      return { position, nominalOn, nominalStart: nominalStartAt };
    }),
    visits: Array.from({ length: sessions }, () => ({
      durationMinutes: last.minutes,
      bufferBefore: 0,
      bufferAfter: 0,
    })),
    now,
  });
  if (!plan.ok) {
    const message =
      plan.reason === 'once'
        ? 'A single date has no rhythm to go on in. Please book anew.'
        : 'A new date would fall on one that is booked already.';
    return invalid([{ path: ['sessions'], message }]);
  }

  const wanted = plan.claim.map((date): PlannedDate => {
    return {
      position: date.position,
      startsAt: date.start,
      endsAt: date.end,
      padded: paddedInterval(date.start, { ...service, minutes: last.minutes }),
      nominalStartsAt: date.nominalStart,
      serviceId: service.id,
      priceCents: length.priceCents,
      therapistIds: [of.therapistId],
      roomIds: [...new Set([last.roomId, ...service.rooms])].filter((id) => service.rooms.includes(id)),
    };
  });
  const { rules: seen } = await gatherRules(
    tx,
    wanted.map(({ startsAt }) => ({ startsAt, therapistId: of.therapistId })),
    now,
  );
  const held = isStaff(viewer) ? { ...seen, noticeMinutes: 0 } : seen;
  const chosen = chooseResources(wanted, await gatherTaken(tx, wanted, now));
  const dates = wanted.map(({ position, startsAt, priceCents }, at): NewDate => {
    const isOpen = whoWorksThen(startsAt, last.minutes, [of.therapistId], held).ok;
    const inWindow = isWithinWindow({ ...held, start: startsAt });
    const shut = isOpen ? null : inWindow === 'ok' ? 'closed' : inWindow;
    const taken = chosen.ok ? undefined : chosen.refused.find((refused) => refused.at === at)?.reason;
    return { position, startsAt, priceCents, clash: shut ?? taken ?? null };
  });
  if (!chosen.ok || dates.some(({ clash }) => clash !== null)) return { ok: false, reason: 'taken', dates };
  if (isTrial) return { ok: true, seriesId, dates };

  const { clientId } = of;
  const common = { seriesId, clientId, minutes: last.minutes, practice, now };
  const added = appointmentRows({ dates: wanted }, chosen.choices, common);
  await insertPrepared(tx, appointments, added, 'appointments');
  if ((await claim(tx, added.flatMap(claimsOf), now)).length > 0) {
    const clash = 'booked' as const;
    return { ok: false, reason: 'taken', dates: dates.map((date) => ({ ...date, clash })) };
  }
  await tx
    .update(series)
    .set({ sessions: wanted.at(-1)!.position })
    .where(eq(series.id, seriesId));
  await tell(tx, practice, { kind: 'booked', seriesId }, now);
  const facts = { added: added.length, firstStartsAt: wanted[0]!.startsAt };
  await recordEvent(tx, { at: now, actor: actorOf(viewer), action: 'extended', subject: `series:${seriesId}`, facts });
  return { ok: true, seriesId, dates };
}

/** Whoever else adds to this series waits here, and then finds that it has changed. */
async function takeTurn(tx: Db, { id, version }: typeof series.$inferSelect): Promise<boolean> {
  const taken = await tx
    .update(series)
    .set({ version: version + 1 })
    .where(and(eq(series.id, id), eq(series.version, version)))
    .returning({ id: series.id });
  return taken.length > 0;
}

/** What is offered now, whatever the days. */
function gatherServices(tx: Db, therapistId: string, now: number) {
  return gatherRules(tx, [{ startsAt: now, therapistId }], now);
}
