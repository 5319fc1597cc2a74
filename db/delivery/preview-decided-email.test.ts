import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { addTimeOff } from '@/db/booking/add-time-off';
import type { DateDecision } from '@/db/booking/apply-date-decisions';
import { bookSeries } from '@/db/booking/book-series';
import { listDatesInTimeOff } from '@/db/booking/dates-in-time-off';
import type { TimeOffRequest } from '@/db/booking/time-off-span';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import { clients } from '@/db/schema';
import { filterMailToTestClients, sendDueMail } from '@/db/testing/send-due-mail';
import { deleteAllRows, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { renderMessage } from '@/mail/render-message';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { type DecidedEmail, previewDecidedEmail } from './preview-decided-email';

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const UNDO_MS = 10 * 60_000;
const REASON = 'Mira cannot work that week. We are sorry.';

/** Mira is away from Monday 7 December for three weeks. */
const AWAY: TimeOffRequest = {
  therapistIds: ['mira'],
  start: instantAt('2026-12-07', '00:00'),
  end: instantAt('2026-12-28', '00:00'),
  kind: 'leave',
};

async function book(name: string, days: string[], time: string) {
  const client = { name, email: `${name.toLowerCase().replace(' ', '.')}@example.org` };
  const starts = days.map((on) => instantAt(on, time));
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, { client, therapistId: 'mira' }), clock);
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return booked.appointments.map(({ uid }) => uid);
}

const preview = (decisions: DateDecision[], uid = '', viewer: Staff = OWNER_VIEWER) =>
  previewDecidedEmail(viewer, { decisions, reason: REASON, uid }, clock);

async function previewAll(decisions: DateDecision[]): Promise<DecidedEmail[]> {
  const first = await preview(decisions);
  if (!first) return [];
  const all = [first];
  while (all.length < first.count) all.push((await preview(decisions, all.at(-1)!.nextUid!))!);
  return all;
}

async function decideDates(choices: (number | 'keep' | 'cancel')[]): Promise<DateDecision[]> {
  const dates = await listDatesInTimeOff(OWNER_VIEWER, AWAY, clock);
  return dates.map(({ uid, version, places }, at): DateDecision => {
    const choice = choices[at % choices.length]!;
    const place = typeof choice === 'number' ? places[choice] : undefined;
    if (place) return { uid, version, choice: 'move', startsAt: place.startsAt, therapistId: place.therapistId };
    return { uid, version, choice: choice === 'keep' ? 'keep' : 'cancel' };
  });
}

describe('the preview of e-mails about decided dates', () => {
  it('has one e-mail for each booking, with all its dates, and leads to the next', async () => {
    const [mary] = await book('Mary Quill', ['2026-12-08', '2026-12-15'], '18:00');
    const [sam] = await book('Sam Adeyemi', ['2026-12-10'], '14:00');
    const decisions = await decideDates([0, 0, 'cancel']);
    const [first, second, ...others] = await previewAll(decisions);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ uid: mary, clientName: 'Mary Quill', place: 1, count: 2, nextUid: sam });
    expect(second).toMatchObject({ uid: sam, toEmail: 'sam.adeyemi@example.org', place: 2, count: 2, nextUid: mary });
    expect(first!.notification).toMatchObject({ kind: 'changed', audience: 'client', reason: REASON });
  });

  it('is empty where every date stays, or where the client has no address', async () => {
    await book('Mary Quill', ['2026-12-08'], '18:00');
    expect(await preview(await decideDates(['keep']))).toBeNull();
    expect(await preview([{ uid: 'made-up', version: 1, choice: 'cancel' }])).toBeNull();
    expect(await preview([])).toBeNull();
  });

  it('is shown only to staff who may change the date', async () => {
    await book('Mary Quill', ['2026-12-08'], '18:00');
    const decisions = await decideDates([0]);
    expect(await preview(decisions, '', therapistViewer('jun'))).toBeNull();
    expect(await preview(decisions, '', therapistViewer('mira'))).toMatchObject({ count: 1, nextUid: null });
  });

  it('is the same, word for word, as what is sent afterwards', async () => {
    const slot = fc.record({
      first: fc.integer({ min: 7, max: 12 }),
      time: fc.constantFrom('12:00', '13:15', '14:15', '16:00', '17:15', '18:30'),
      weeks: fc.integer({ min: 1, max: 4 }),
    });
    const choices = fc.array(fc.constantFrom<number | 'keep' | 'cancel'>(0, 0, 1, 2, 'keep', 'cancel'), {
      minLength: 12,
      maxLength: 12,
    });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(slot, { minLength: 1, maxLength: 5 }), choices, async (slots, chosen) => {
        await db.write(async (tx) => {
          await deleteAllRows(tx);
          await insertDemoPractice(tx, NOW);
        });
        for (const [n, { first, time, weeks }] of slots.entries()) {
          const days = Array.from({ length: weeks }, (_, k) => `2026-12-${String(first + 7 * k).padStart(2, '0')}`);
          await book(`Client ${n}`, days, time).catch(() => {});
          const language = ['', 'de', 'fr', 'es'][n % 4]!;
          await db.write((tx) =>
            tx
              .update(clients)
              .set({ language })
              .where(eq(clients.name, `Client ${n}`)),
          );
        }
        await sendDueMail(NOW);
        const decisions = await decideDates(chosen);
        const previews = await previewAll(decisions);
        const done = await addTimeOff(OWNER_VIEWER, { ...AWAY, decisions, reason: REASON }, clock);
        if (!done.ok) return;
        const sent = filterMailToTestClients(await sendDueMail(NOW + UNDO_MS));
        const shown = previews.map(({ toEmail, notification }) => {
          const { subject, text } = renderMessage(notification, {}, NOW + UNDO_MS);
          return { to: toEmail, subject, text };
        });
        const byAddress = (a: { to: string }, b: { to: string }) => a.to.localeCompare(b.to);
        expect(shown.sort(byAddress)).toEqual(sent.sort(byAddress));
        compared += sent.length;
      }),
      { numRuns: getPropertyTestRuns(8) },
    );
    expect(compared).toBeGreaterThan(0);
  }, 120_000);
});
