import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { handOverDates, previewHandOver } from '@/db/booking/hand-over-dates';
import { moveAppointments } from '@/db/booking/move-appointments';
import { leaseDueMessages, markFailed, markSent } from '@/db/messages/outbox-delivery';
import { outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { listMail, retryMessage } from './outbox-for-staff';
import { type PreparedMailFacts, prepareMailFacts } from './prepare-mail-facts';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const SIX = instantAt('2026-12-01', '18:00');
const REFUSED = { error: '450 not now' };
const NOBODY_KNOWS = { error: 'cut off', mayHaveArrived: true };

let later = NOW;
const tick = () => {
  later += MINUTE;
  return later;
};

async function book(starts: number | number[] = SIX) {
  later = NOW;
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts), { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  return booked.appointments.map(({ uid }) => uid);
}
const move = async (uid: string, startsAt: number, therapistId?: string) =>
  expect(
    await moveAppointments(OWNER_VIEWER, { uid, startsAt, therapistId, scope: 'this' }, { now: tick() }),
  ).toMatchObject({ ok: true });
const cancel = async (uid: string, scope: 'this' | 'all' = 'this') =>
  expect(await cancelAppointments(OWNER_VIEWER, { uid, scope }, { now: tick() })).toMatchObject({ ok: true });

/** Sends what is due to this address, one message after the other, with the given outcome; returns what was sent. */
async function sendTo(toEmail: string, outcome: 'sent' | { error: string } = 'sent'): Promise<PreparedMailFacts[]> {
  later += 10 * MINUTE;
  const sent: PreparedMailFacts[] = [];
  for (;;) {
    const due = await leaseDueMessages('w', later, 50);
    if (due.length === 0) return sent;
    for (const { id, toEmail: to } of due) {
      const prepared = await prepareMailFacts(id, 'w', later);
      if (!prepared) continue;
      if (to === toEmail) sent.push(prepared);
      await (outcome === 'sent' ? markSent(id, 'w', later) : markFailed(id, 'w', outcome, later));
    }
  }
}
const toAna = (outcome?: { error: string }) => sendTo('ana@example.org', outcome);
const kinds = (sent: PreparedMailFacts[]) => sent.map(({ notification }) => notification.kind);

describe('35 messages that wait for one reader about one series', () => {
  it('are sent as one message with the final state', async () => {
    const [uid] = await book();
    await toAna();
    await move(uid!, SIX + 15 * MINUTE);
    await move(uid!, SIX + 30 * MINUTE);
    const sent = await toAna();
    expect(sent).toMatchObject([
      { notification: { kind: 'moved', series: { appointments: [{ start: SIX + 30 * MINUTE, movedFrom: SIX }] } } },
    ]);
    const states = (await listMail(OWNER_VIEWER, { now: later })).map(({ state }) => state);
    expect(states.sort()).toEqual(['folded', 'folded', 'sent', 'sent', 'sent', 'sent']);
  });

  it('are listed in the mailbox as they would be sent: one e-mail for each reader of a hand-over', async () => {
    const [first] = await book(listWeeklyInstants('2026-12-01', '18:00', 4));
    await toAna();
    const now = tick();
    const found = await previewHandOver(OWNER_VIEWER, { uid: first!, to: 'jun' }, { now });
    const decisions = found!.dates.map(({ uid, version, places: [place] }) => ({
      ...{ uid, version, choice: 'move' as const },
      ...{ startsAt: place!.startsAt, therapistId: place!.therapistId },
    }));
    const request = { uid: first!, to: 'jun', decisions, reason: 'Jun takes over.' };
    expect(await handOverDates(OWNER_VIEWER, request, { now })).toMatchObject({ ok: true });
    const waiting = (await listMail(OWNER_VIEWER, { now })).filter(({ state }) => state === 'waiting');
    expect(waiting.map(({ toEmail, ids }) => [toEmail, ids.length]).sort()).toEqual([
      ['ana@example.org', 4],
      ['jun@fortnight.example', 4],
      ['mira@fortnight.example', 4],
    ]);
    const shown = waiting.find(({ toEmail }) => toEmail === 'ana@example.org');
    later = now;
    const [sent, ...more] = await toAna();
    expect(more).toEqual([]);
    expect(shown?.notification).toEqual(sent?.notification);
  });

  it('are two e-mails in the mailbox when the second was written after the first was due', async () => {
    const [uid] = await book();
    await toAna();
    await move(uid!, SIX + 15 * MINUTE);
    tick();
    await move(uid!, SIX + 30 * MINUTE);
    const waiting = (await listMail(OWNER_VIEWER, { now: later })).filter(
      ({ state, toEmail }) => state === 'waiting' && toEmail === 'ana@example.org',
    );
    expect(waiting.map(({ ids }) => ids.length)).toEqual([1, 1]);
  });

  it('are not sent when the change was reversed before', async () => {
    const [uid] = await book();
    await toAna();
    await move(uid!, SIX + 15 * MINUTE);
    await move(uid!, SIX);
    expect(await toAna()).toEqual([]);
  });

  it('are not sent when "booked" was temporarily refused and then all was cancelled', async () => {
    const [uid] = await book();
    expect(kinds(await toAna(REFUSED))).toEqual(['booked']);
    await cancel(uid!);
    expect(await toAna()).toEqual([]);
  });

  it('become a cancellation when it is unknown whether "booked" arrived', async () => {
    const [uid] = await book();
    expect(kinds(await toAna(NOBODY_KNOWS))).toEqual(['booked']);
    await cancel(uid!);
    expect(await toAna()).toMatchObject([
      {
        notification: {
          kind: 'cancelled',
          series: { appointments: [{ start: SIX, status: 'cancelled', sequence: 1 }] },
        },
      },
    ]);
  });

  it('correct a move that may have arrived and was then reversed', async () => {
    const [uid] = await book();
    await toAna();
    await move(uid!, SIX + 15 * MINUTE);
    await toAna(NOBODY_KNOWS);
    await move(uid!, SIX);
    expect(await toAna()).toMatchObject([
      { notification: { kind: 'moved', series: { appointments: [{ start: SIX }] } } },
    ]);
  });

  it('list each of several changes in one message', async () => {
    const uids = await book(listWeeklyInstants('2026-12-01', '18:00', 3));
    await toAna();
    await move(uids[0]!, SIX + 15 * MINUTE);
    await cancel(uids[1]!);
    expect(await toAna()).toMatchObject([
      { notification: { kind: 'changed', changed: [uids[0], uids[1]], added: [] } },
    ]);
  });

  it('tell a therapist only the final state of their own dates', async () => {
    const [uid] = await book();
    await toAna();
    await move(uid!, SIX, 'jun');
    await move(uid!, SIX + 15 * MINUTE, 'mira');
    expect(await sendTo('jun@fortnight.example')).toEqual([]);
    const [row] = await db
      .connection()
      .reader.select()
      .from(outbox)
      .where(and(eq(outbox.toEmail, 'mira@fortnight.example'), eq(outbox.seriesVersion, 2)));
    expect(row).toMatchObject({ sentAt: expect.any(Number), told: { kind: 'moved' } });
  });

  it('are dropped when they are retried after the cancellation', async () => {
    const [uid] = await book();
    await toAna({ error: '550 no such mailbox', isFinal: true } as { error: string });
    const [dead] = (await listMail(OWNER_VIEWER, { now: later })).filter(
      ({ toEmail }) => toEmail === 'ana@example.org',
    );
    await cancel(uid!);
    expect(kinds(await toAna())).toEqual(['cancelled']);
    expect(await retryMessage(OWNER_VIEWER, dead!.id, later)).toBe(true);
    expect(await toAna()).toEqual([]);
  });

  it('include a whole message that an older version stored', async () => {
    const [uid] = await book();
    const mail = await listMail(OWNER_VIEWER, { now: NOW });
    const others = mail.filter(({ toEmail }) => toEmail === 'ana@example.org' || toEmail.startsWith('mira'));
    for (const { id, notification } of others) {
      await db.write((tx) =>
        tx.update(outbox).set({ facts: notification!, seriesVersion: 0 }).where(eq(outbox.id, id)),
      );
    }
    await move(uid!, SIX + 15 * MINUTE, 'jun');
    expect(await sendTo('mira@fortnight.example')).toEqual([]);
    const [row] = await db.connection().reader.select().from(outbox).where(eq(outbox.id, others[0]!.id));
    expect(others).toHaveLength(2);
    expect(row).toMatchObject({ facts: { was: { [uid!]: null } } });
  });

  it('keep their Message-ID as long as the content is the same', async () => {
    const [uid] = await book();
    const [first] = await toAna(NOBODY_KNOWS);
    const [again] = await toAna(NOBODY_KNOWS);
    await move(uid!, SIX + 15 * MINUTE);
    const [moved] = await toAna();
    expect(again!.messageId).toBe(first!.messageId);
    expect(moved!.messageId).not.toBe(first!.messageId);
  });
});

describe('39 when the clock is put back', () => {
  const ahead = NOW + 23 * 60 * MINUTE;

  it('a failed message waits no longer than any other', async () => {
    await book();
    const [mail] = await leaseDueMessages('w', ahead, 1);
    await markFailed(mail!.id, 'w', REFUSED, ahead);
    expect((await leaseDueMessages('w', NOW)).map(({ id }) => id)).toContain(mail!.id);
  });

  it('a message is leased again after its worker died', async () => {
    await book();
    const leased = await leaseDueMessages('w', ahead);
    expect(await leaseDueMessages('w2', NOW)).toHaveLength(leased.length);
  });

  it('the last event is still announced last', async () => {
    const [uid] = await book();
    await sendTo('ana@example.org');
    await move(uid!, SIX + 15 * MINUTE);
    expect(
      await cancelAppointments(OWNER_VIEWER, { uid: uid!, scope: 'this' }, { now: NOW - 60 * MINUTE }),
    ).toMatchObject({ ok: true });
    expect(kinds(await toAna())).toEqual(['cancelled']);
  });
});
