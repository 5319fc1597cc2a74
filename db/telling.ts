import { and, eq, inArray } from 'drizzle-orm';
import type { Telling, ToldAppointment, ToldPractice, ToldSeries } from '@/scheduling/tell';
import type { Db } from './client';
import { putInOutbox } from './outbox';
import type { Practice } from './practice';
import { placeholders, runPrepared } from './prepared';
import { clients, series, therapists, users } from './schema';
import { type AppointmentView, readOneSeries } from './series';
import { isUnconfirmedSeries, notConfirmedAddress } from './unconfirmed';

export interface Before {
  uid: string;
  startsAt: number;
  endsAt: number;
  therapistId: string;
}

/** What happened to a series, for those it concerns. `was` are the changed appointments as they stood before. */
export interface Happening {
  kind: 'booked' | 'cancelled' | 'moved';
  seriesId: string;
  was?: Before[];
}

/** Tells the client, and every therapist it concerns of their own appointments: one message each. */
export async function tell(tx: Db, practice: Practice, { kind, seriesId, was = [] }: Happening, now: number) {
  const view = await readOneSeries(tx, seriesId);
  const changed = new Set(was.map(({ uid }) => uid));
  const told = view.appointments.filter(({ uid, status }) => status === 'booked' || changed.has(uid));
  const before = new Map(was.map((appointment) => [appointment.uid, appointment]));

  const isUnconfirmed = kind === 'booked' && (await needsConfirming(tx, seriesId));
  const toldSeries = (of: AppointmentView[], as = toldAs): ToldSeries => ({
    uid: view.uid,
    cadence: view.cadence,
    sessions: view.sessions,
    clientName: view.client.name,
    appointments: of.map((appointment) => as(appointment, before.get(appointment.uid))),
    skipped: view.skipped.map(({ startsAt }) => startsAt).filter((startsAt) => startsAt > now),
    cancelCutoffMinutes: practice.cancelCutoffMinutes,
    moveCutoffMinutes: practice.moveCutoffMinutes,
    ...(isUnconfirmed && { isUnconfirmed }),
  });
  const common = { practice: toldPractice(practice) };
  const tellingOf = (audience: 'client' | 'therapist', as: Happening['kind'], what: ToldSeries): Telling =>
    as === 'booked'
      ? { kind: as, audience, ...common, series: what }
      : { kind: as, audience, ...common, series: what, changed: listed(what, changed) };

  const messages = [{ toEmail: view.client.email, telling: tellingOf('client', kind, toldSeries(told)) }];
  const concerned = told.filter(({ uid }) => kind === 'booked' || changed.has(uid));
  const ids = [...concerned.map(({ therapist }) => therapist.id), ...was.map(({ therapistId }) => therapistId)];
  for (const { id: therapistId, name, toEmail } of await listTherapists(tx, practice, ids)) {
    const theirs = told.filter(({ therapist }) => therapist.id === therapistId);
    const lost = told.filter(({ uid, therapist }) => {
      return before.get(uid)?.therapistId === therapistId && therapist.id !== therapistId;
    });
    if (lost.length > 0) {
      const standing = toldSeries(inOrder([...theirs, ...lost]), (appointment, then) =>
        lost.includes(appointment) ? toldAsLost(appointment, then!, name) : toldAs(appointment, then),
      );
      messages.push({ toEmail, telling: tellingOf('therapist', 'cancelled', standing) });
    } else {
      messages.push({ toEmail, telling: tellingOf('therapist', kind, toldSeries(theirs)) });
    }
  }
  await putInOutbox(
    tx,
    messages.map((message) => ({ ...message, seriesId, now })),
  );
}

async function needsConfirming(tx: Db, seriesId: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: series.id })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(and(eq(series.id, seriesId), isUnconfirmedSeries, notConfirmedAddress(tx)));
  return found !== undefined;
}

function toldAs(appointment: AppointmentView, then?: Before): ToldAppointment {
  const { uid, position, startsAt, endsAt, therapist, service, priceCents, sequence, status } = appointment;
  const movedFrom = then && then.startsAt !== startsAt ? then.startsAt : appointment.nominalStartsAt;
  return {
    uid,
    position,
    start: startsAt,
    end: endsAt,
    therapist: therapist.name,
    service: service.name,
    priceCents,
    sequence,
    status: status === 'cancelled' ? 'cancelled' : 'booked',
    ...(movedFrom === startsAt ? {} : { movedFrom }),
  };
}

/** Somebody else has it now: for the one who had it, it is cancelled where it stood. */
function toldAsLost(appointment: AppointmentView, then: Before, therapist: string): ToldAppointment {
  const { movedFrom: _, ...told } = toldAs(appointment);
  return { ...told, start: then.startsAt, end: then.endsAt, therapist, status: 'cancelled' };
}

function listed({ appointments }: ToldSeries, changed: Set<string>): string[] {
  return appointments.map(({ uid }) => uid).filter((uid) => changed.has(uid));
}

function inOrder(appointments: AppointmentView[]): AppointmentView[] {
  return appointments.sort((a, b) => a.position - b.position);
}

export function toldPractice(practice: Practice): ToldPractice {
  const { name, address, phone, email, timeZone, currency, locale, isDemo } = practice;
  return { name, address, phone, email, timeZone, currency, locale, isDemo };
}

/** A therapist without an account is told at the practice's own address. */
async function listTherapists(tx: Db, practice: Practice, ids: string[]) {
  const wanted = [...new Set(ids)];
  const found = await runPrepared(
    tx,
    `told therapists ${wanted.length}`,
    (on) => {
      const of = placeholders();
      return on
        .select({ id: therapists.id, name: therapists.name, email: users.email })
        .from(therapists)
        .leftJoin(users, eq(users.id, therapists.userId))
        .where(inArray(therapists.id, wanted.map(of)))
        .orderBy(therapists.position);
    },
    wanted,
  );
  return found.map(({ id, name, email }) => ({ id, name, toEmail: email ?? practice.email }));
}
