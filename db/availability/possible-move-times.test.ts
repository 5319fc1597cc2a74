import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { PRACTICE } from '@/db/demo/demo-practice';
import { insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW, therapistViewer } from '@/db/testing/test-requests';
import { formatTime } from '@/scheduling/formatting';
import { listPossibleMoveTimes } from './possible-move-times';

const db = setUpTestDatabase({ now: NOW });
const MIRA = therapistViewer('mira');
const SIX = instantAt('2026-12-01', '18:00');

async function booked(startsAt = SIX, other: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(startsAt, other), { now: NOW });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { uid: result.appointments[0]!.uid, link: linkViewer(result.seriesId) };
}
const call = async (uid: string, on = '2026-12-01', other: { therapistId?: string; now?: number } = {}) =>
  (
    await listPossibleMoveTimes(MIRA, { uid, from: on, days: 1, therapistId: other.therapistId }, other.now ?? NOW)
  )?.map((start) => formatTime(PRACTICE.timeZone, start, 'en-IE'));

describe('the times to which one appointment may be moved', () => {
  it('count its own time as free, and leave out the current start', async () => {
    const { uid } = await booked();
    const times = await call(uid);
    expect(times).toEqual(expect.arrayContaining(['17:45', '18:15', '19:00']));
    expect(times).not.toContain('18:00');
  });

  it('do not meet other appointments, clean-up included', async () => {
    const { uid } = await booked();
    await booked(instantAt('2026-12-01', '16:00'), { client: { name: 'Nia Walsh', email: 'nia@example.org' } });
    expect((await call(uid))?.filter((time) => time >= '15')).toEqual([
      '17:15',
      '17:30',
      '17:45',
      '18:15',
      '18:30',
      '18:45',
      '19:00',
    ]);
  });

  it('are those of another therapist who gives this massage, and none of one who does not', async () => {
    const { uid } = await booked();
    expect(await call(uid, '2026-12-01', { therapistId: 'jun' })).toContain('18:00');
    expect(await call(uid, '2026-12-01', { therapistId: 'tom' })).toEqual([]);
  });

  it('need a suitable room', async () => {
    const { uid } = await booked(SIX, { serviceId: 'deep-tissue' });
    const full = { client: { name: 'Nia Walsh', email: 'nia@example.org' }, serviceId: 'deep-tissue' };
    await booked(instantAt('2026-12-03', '16:00'), { ...full, therapistId: 'tom' });
    expect(await call(uid, '2026-12-03')).toContain('16:00');
  });

  it('leave out time off', async () => {
    const { uid } = await booked();
    await db.write((tx) => insertTestTimeOff(tx, 'mira', ['2026-12-02', '00:00'], ['2026-12-03', '00:00']));
    expect(await call(uid, '2026-12-02')).toEqual([]);
  });

  it('apply the notice to a client, and none to the practice', async () => {
    const { uid, link } = await booked();
    const now = instantAt('2026-12-01', '13:00') + 1;
    expect((await call(uid, '2026-12-01', { now }))?.[0]).toBe('13:15');
    const others = await listPossibleMoveTimes(link, { uid, from: '2026-12-01', days: 1 }, now);
    expect(formatTime(PRACTICE.timeZone, others![0]!, 'en-IE')).toBe('16:00');
  });

  it('are all accepted when chosen', async () => {
    const { uid } = await booked();
    for (const startsAt of (await listPossibleMoveTimes(MIRA, { uid, from: '2026-12-01', days: 3 }, NOW)) ?? []) {
      expect(await moveAppointments(MIRA, { uid, startsAt, scope: 'this' }, { now: NOW })).toMatchObject({ ok: true });
    }
  });

  it('are empty for an invalid day, and not found for a colleague', async () => {
    const { uid } = await booked();
    expect(await call(uid, '2026-02-30')).toEqual([]);
    expect(await listPossibleMoveTimes(therapistViewer('jun'), { uid, from: '2026-12-01', days: 1 }, NOW)).toBeNull();
  });
});
