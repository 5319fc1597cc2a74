import { describe, expect, it } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { extendSeries } from '@/db/booking/extend-series';
import { handOverDates, previewHandOver } from '@/db/booking/hand-over-dates';
import { moveAppointments } from '@/db/booking/move-appointments';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { type RenderedMessage, renderMessage } from '@/mail/render-message';
import { prepareMailFacts } from './prepare-mail-facts';

setUpTestDatabase({ now: NOW });
const HOUR = 3_600_000;

async function book() {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 3)), {
    now: NOW,
  });
  if (!booked.ok) throw new Error(booked.reason);
  await sendAll(NOW);
  return { seriesId: booked.seriesId, uids: booked.appointments.map(({ uid }) => uid) };
}

/** Sends what is due, and returns it by recipient. */
async function sendAll(now = NOW + HOUR): Promise<Record<string, RenderedMessage>> {
  const sent: Record<string, RenderedMessage> = {};
  for (const { id, toEmail } of await leaseDueMessages('w', now, 50)) {
    const prepared = await prepareMailFacts(id, 'w', now);
    if (!prepared) continue;
    sent[toEmail.split('@')[0]!] = renderMessage(prepared.notification, {}, now, toEmail);
    await markSent(id, 'w', now);
  }
  return sent;
}

async function handToJun(viewer: Staff) {
  const { uids } = await book();
  const plan = await previewHandOver(viewer, { uid: uids[0]!, to: 'jun' }, { now: NOW });
  const decisions = plan!.dates.map(({ uid, version, places: [place] }) => {
    return { uid, version, choice: 'move' as const, startsAt: place!.startsAt, therapistId: 'jun' };
  });
  const request = { uid: uids[0]!, to: 'jun', decisions, reason: '' };
  expect(await handOverDates(viewer, request, { now: NOW })).toMatchObject({ ok: true });
  return sendAll();
}

describe('a hand-over', () => {
  it('tells the client and both therapists who replaces whom, and is a cancellation to none of them', async () => {
    const { ana, mira, jun } = await handToJun(OWNER_VIEWER);
    expect(ana!.subject).toBe('Jun Sato instead of Mira Kovač: Tuesdays at 18:00, 1 Dec to 15 Dec');
    expect(mira!.subject).toMatch(/^Now with Jun Sato: Ana Costa, Tuesdays at 18:00/);
    expect(jun!.subject).toMatch(/^Yours now: Ana Costa, Tuesdays at 18:00/);
    expect(jun!.text).toContain('from Mira Kovač');
    for (const { text } of [ana!, mira!, jun!]) expect(text).not.toMatch(/cancelled/i);
    expect(mira!.calendars.map(({ method }) => method)).toEqual(['CANCEL', 'CANCEL', 'CANCEL']);
    expect(ana!.calendars.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST', 'REQUEST']);
  });

  it('by the former therapist is announced only to the client and the new therapist', async () => {
    expect(Object.keys(await handToJun(therapistViewer('mira') as Staff)).sort()).toEqual(['ana', 'jun']);
  });
});

describe('a therapist', () => {
  const mira = therapistViewer('mira');

  it('gets no e-mail about what they did themselves', async () => {
    const { uids } = await book();
    await moveAppointments(
      mira,
      { uid: uids[0]!, startsAt: instantAt('2026-12-02', '18:00'), scope: 'this' },
      { now: NOW },
    );
    expect(Object.keys(await sendAll())).toEqual(['ana']);
    await cancelAppointments(mira, { uid: uids[1]!, scope: 'this' }, { now: NOW + HOUR });
    expect(Object.keys(await sendAll(NOW + 2 * HOUR))).toEqual(['ana']);
  });

  it('gets an e-mail about what a client or the owner did', async () => {
    const { uids, seriesId } = await book();
    await cancelAppointments(linkViewer(seriesId), { uid: uids[0]!, scope: 'this' }, { now: NOW });
    const byClient = await sendAll();
    expect(byClient.mira!.text).toContain('The client asked for it.');
    await cancelAppointments(OWNER_VIEWER, { uid: uids[1]!, scope: 'this' }, { now: NOW + HOUR });
    expect((await sendAll(NOW + 2 * HOUR)).mira!.text).toContain('The practice cancelled.');
  });
});

it('added dates are announced as added', async () => {
  const { seriesId } = await book();
  expect(await extendSeries(linkViewer(seriesId), { seriesId, sessions: 2 }, { now: NOW })).toMatchObject({ ok: true });
  const { ana, mira } = await sendAll();
  expect(ana!.subject).toMatch(/^Added: Tuesdays at 18:00 with Mira Kovač, 22 Dec to 29 Dec$/);
  expect(ana!.calendars).toHaveLength(2);
  expect(mira!.subject).toMatch(/^Added: Ana Costa/);
});

it('a change of length is announced as such, not as a move', async () => {
  const { uids } = await book();
  const request = { uid: uids[0]!, startsAt: instantAt('2026-12-01', '18:00'), minutes: 90, scope: 'this' as const };
  expect(await moveAppointments(OWNER_VIEWER, request, { now: NOW })).toMatchObject({ ok: true });
  const { ana } = await sendAll();
  expect(ana!.subject).toBe('Now 90 minutes: Tuesday 1 December at 18:00 with Mira Kovač');
});
