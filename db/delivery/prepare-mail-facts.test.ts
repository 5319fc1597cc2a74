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

/** Sends what is due to this address, one after the other, and says how it went each time; gives what was sent. */
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

describe('35 what waits for one reader of one series', () => {
  it('is one message that says the end of it', async () => {
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

  it('stands in the mailbox as it would be sent: one e-mail for each reader of a hand-over', async () => {
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

  it('but what happened after it would have been sent is another e-mail in the mailbox', async () => {
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

  it('is nothing when it was undone before it could be sent', async () => {
    const [uid] = await book();
    await toAna();
    await move(uid!, SIX + 15 * MINUTE);
    await move(uid!, SIX);
    expect(await toAna()).toEqual([]);
  });

  it('is nothing when "booked" was refused for now and then all was cancelled', async () => {
    const [uid] = await book();
    expect(kinds(await toAna(REFUSED))).toEqual(['booked']);
    await cancel(uid!);
    expect(await toAna()).toEqual([]);
  });

  it('is the cancellation when nobody knows whether "booked" arrived', async () => {
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

  it('puts a move right that may have arrived, and was taken back', async () => {
    const [uid] = await book();
    await toAna();
    await move(uid!, SIX + 15 * MINUTE);
    await toAna(NOBODY_KNOWS);
    await move(uid!, SIX);
    expect(await toAna()).toMatchObject([
      { notification: { kind: 'moved', series: { appointments: [{ start: SIX }] } } },
    ]);
  });

  it('names each change of several in one message', async () => {
    const uids = await book(listWeeklyInstants('2026-12-01', '18:00', 3));
    await toAna();
    await move(uids[0]!, SIX + 15 * MINUTE);
    await cancel(uids[1]!);
    expect(await toAna()).toMatchObject([
      { notification: { kind: 'changed', changed: [uids[0], uids[1]], added: [] } },
    ]);
  });

  it('is, for a therapist, what is theirs in the end', async () => {
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

  it('never comes last when it is tried again after the cancellation', async () => {
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

  it('is news too where an older version stored a whole message', async () => {
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

  it('keeps its Message-ID for as long as it says the same', async () => {
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

  it('a message that failed waits no longer than any other', async () => {
    await book();
    const [mail] = await leaseDueMessages('w', ahead, 1);
    await markFailed(mail!.id, 'w', REFUSED, ahead);
    expect((await leaseDueMessages('w', NOW)).map(({ id }) => id)).toContain(mail!.id);
  });

  it('a message is leased anew after a worker that died', async () => {
    await book();
    const leased = await leaseDueMessages('w', ahead);
    expect(await leaseDueMessages('w2', NOW)).toHaveLength(leased.length);
  });

  it('what happened last is still told last', async () => {
    const [uid] = await book();
    await sendTo('ana@example.org');
    await move(uid!, SIX + 15 * MINUTE);
    expect(
      await cancelAppointments(OWNER_VIEWER, { uid: uid!, scope: 'this' }, { now: NOW - 60 * MINUTE }),
    ).toMatchObject({ ok: true });
    expect(kinds(await toAna())).toEqual(['cancelled']);
  });
});
