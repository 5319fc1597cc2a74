import { eq, inArray } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { appointments, holidays, hoursOverrides, seriesQuestionPages, therapists } from '@/db/schema';
import { insertTestAppointment, insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { getAppointmentFacts } from './appointment-facts';
import { getCalendar } from './calendar';

const { write } = setUpTestDatabase({ now: Date.UTC(2026, 10, 23, 9) });
const mira: Staff = { role: 'therapist', userId: 'mira', email: '', name: 'Mira Kovač', therapistId: 'mira' };
const ruth: Staff = { role: 'owner', userId: 'ruth', email: '', name: 'Ruth Keane', therapistId: null };
const desk: Staff = { role: 'front_desk', userId: 'nora', email: '', name: 'Nora Daly', therapistId: null };
const WEEK = { from: '2026-11-30', to: '2026-12-07' };

describe('the calendar', () => {
  it('shows a therapist her own appointments in order, or everyone’s', async () => {
    await write(async (tx) => {
      await insertTestAppointment(tx, { id: 'b', on: '2026-12-01', time: '18:00', therapistId: 'mira' });
      await insertTestAppointment(tx, { id: 'a', on: '2026-12-01', time: '12:00', therapistId: 'mira' });
      await insertTestAppointment(tx, { id: 'c', on: '2026-12-01', time: '15:30', therapistId: 'jun', roomId: 'loft' });
    });
    const own = await getCalendar(mira, { ...WEEK, whose: 'mine' });
    expect(own.appointments.map(({ uid }) => uid)).toEqual(['a', 'b']);
    expect(own.therapists.map(({ id }) => id)).toEqual(['mira']);
    const all = await getCalendar(mira, { ...WEEK, whose: 'everyone' });
    expect(all.appointments.map(({ uid }) => uid)).toEqual(['a', 'b']);
    expect(all.colleagues.map(({ uid }) => uid)).toEqual(['c']);
    expect(all.therapists.map(({ id }) => id)).toEqual(['mira', 'tom', 'aoife', 'jun']);
  });

  it('shows who has left only for what is still booked with them, without any hours', async () => {
    await write(async (tx) => {
      await insertTestAppointment(tx, { id: 'c', on: '2026-12-01', time: '15:30', therapistId: 'jun', roomId: 'loft' });
      await tx
        .update(therapists)
        .set({ isActive: false })
        .where(inArray(therapists.id, ['jun', 'tom']));
    });
    const all = await getCalendar(ruth, { ...WEEK, whose: 'everyone' });
    expect(all.therapists.map(({ id, hasLeft }) => [id, hasLeft])).toEqual([
      ['mira', false],
      ['aoife', false],
      ['jun', true],
    ]);
    expect(all.appointments.map(({ uid }) => uid)).toEqual(['c']);
    const openDays = (id: string) => all.hours.filter((day) => day.therapistId === id && day.ranges.length > 0).length;
    expect([openDays('jun'), openDays('mira')]).toEqual([0, 4]);
  });

  it('shows the hours of who has left until then', async () => {
    await write(async (tx) => {
      await insertTestAppointment(tx, { id: 'c', on: '2026-12-01', time: '15:30', therapistId: 'mira' });
      await insertTestAppointment(tx, { id: 'd', on: '2026-12-04', time: '15:30', therapistId: 'mira' });
    });
    const read = async () => {
      const { hours } = await getCalendar(ruth, { ...WEEK, whose: 'everyone' });
      return hours.filter(({ therapistId, ranges }) => therapistId === 'mira' && ranges.length > 0);
    };
    const before = await read();
    const leave = (at: [string, string]) =>
      write((tx) =>
        tx
          .update(therapists)
          .set({ isActive: false, inactiveSince: instantAt(...at) })
          .where(eq(therapists.id, 'mira')),
      );
    const [first, ...later] = before;
    await leave([later.at(-1)!.on, '23:59']);
    expect(await read()).toEqual(before);
    await leave([later[0]!.on, '00:00']);
    expect(await read()).toEqual([first]);
    const [[from]] = first!.ranges as [[string, string]];
    const leftAt = `${from.slice(0, 3)}30`;
    await leave([first!.on, leftAt]);
    expect(await read()).toEqual([{ ...first, ranges: [[from, leftAt]] }]);
  });

  it('shows a therapist when and where a colleague is booked, but not the client or the massage', async () => {
    const nia = { client: 'Nia Walsh', seriesId: 'nia-series', sessions: 4 };
    await write(async (tx) => {
      await insertTestAppointment(tx, {
        ...nia,
        id: 'a',
        on: '2026-12-01',
        time: '15:30',
        therapistId: 'jun',
        roomId: 'loft',
      });
      await insertTestAppointment(tx, {
        ...nia,
        id: 'b',
        on: '2026-12-02',
        time: '15:30',
        therapistId: 'mira',
        position: 2,
      });
    });
    const seen = await getCalendar(mira, { ...WEEK, whose: 'everyone' });
    expect(seen.colleagues).toEqual([
      {
        uid: 'a',
        startsAt: instantAt('2026-12-01', '15:30'),
        endsAt: instantAt('2026-12-01', '16:30'),
        paddedStartsAt: instantAt('2026-12-01', '15:30'),
        paddedEndsAt: instantAt('2026-12-01', '16:45'),
        therapistId: 'jun',
        room: { id: 'loft', name: 'Loft' },
        minutes: 60,
      },
    ]);
    expect(seen.appointments.map(({ uid, clientName }) => [uid, clientName])).toEqual([['b', 'Nia Walsh']]);
    for (const viewer of [ruth, desk]) {
      const all = await getCalendar(viewer, { ...WEEK, whose: 'everyone' });
      expect(all.colleagues).toEqual([]);
      expect(all.appointments.map(({ clientName }) => clientName)).toEqual(['Nia Walsh', 'Nia Walsh']);
    }
    const jun = await getCalendar({ ...mira, therapistId: 'jun' }, { ...WEEK, whose: 'mine' });
    expect([jun.appointments.map(({ uid }) => uid), jun.colleagues]).toEqual([['a'], []]);
  });

  it('shows an owner who gives no massages no days of her own', async () => {
    expect(await getCalendar(ruth, { ...WEEK, whose: 'mine' })).toMatchObject({ appointments: [], therapists: [] });
  });

  it('leaves out cancelled appointments and those outside the days, but not those that reach into them', async () => {
    await write(async (tx) => {
      const appointment = { therapistId: 'mira', minutes: 30 };
      await insertTestAppointment(tx, {
        ...appointment,
        id: 'x',
        on: '2026-12-01',
        time: '18:00',
        status: 'cancelled',
      });
      await insertTestAppointment(tx, { ...appointment, id: 'y', on: '2026-12-07', time: '00:00' });
      await insertTestAppointment(tx, { ...appointment, id: 'z', on: '2026-11-29', time: '23:20' });
      await insertTestAppointment(tx, { ...appointment, id: 'w', on: '2026-11-29', time: '22:00' });
    });
    const { appointments } = await getCalendar(mira, { ...WEEK, whose: 'mine' });
    expect(appointments.map(({ uid }) => uid)).toEqual(['z']);
  });

  it('gives each day its hours: the regular ones, a changed day, a holiday', async () => {
    await write(async (tx) => {
      await tx
        .insert(hoursOverrides)
        .values({ therapistId: 'mira', on: '2026-12-02', hours: [['12:00', '13:00']], timeZone: 'Europe/Dublin' });
      await tx.insert(holidays).values({ on: '2026-12-03', name: 'Day of the Test' });
    });
    const found = await getCalendar(mira, { ...WEEK, whose: 'mine' });
    const usual = [
      ['12:00', '15:30'],
      ['16:00', '20:00'],
    ];
    expect(found.hours.map(({ ranges }) => ranges)).toEqual([usual, usual, [['12:00', '13:00']], [], [], [], []]);
    expect(found.holidays).toEqual([{ on: '2026-12-03', name: 'Day of the Test' }]);
  });

  it('shows time off that touches the days', async () => {
    await write((tx) => insertTestTimeOff(tx, 'mira', ['2026-11-27', '00:00'], ['2026-12-01', '00:00']));
    const { timeOff } = await getCalendar(mira, { ...WEEK, whose: 'mine' });
    expect(timeOff).toMatchObject([{ therapistId: 'mira', endsAt: instantAt('2026-12-01', '00:00'), kind: 'leave' }]);
  });

  it.each([
    ['no days', '2026-12-01', '2026-12-01'],
    ['days turned round', '2026-12-07', '2026-12-01'],
    ['a year', '2026-01-01', '2027-01-01'],
    ['no day at all', 'today', '2026-12-01'],
  ])('refuses %s', async (_what, from, to) => {
    await expect(getCalendar(mira, { from, to, whose: 'mine' })).rejects.toThrow(RangeError);
  });
});

describe('the panel of an appointment', () => {
  const series = { seriesId: 's', sessions: 4, therapistId: 'mira', client: 'Ana Costa', note: 'Left side.' };

  it('shows the client, the place in the series, and the next date', async () => {
    await write(async (tx) => {
      await insertTestAppointment(tx, {
        ...series,
        id: 'a',
        position: 1,
        on: '2026-11-19',
        time: '17:30',
        status: 'completed',
      });
      await insertTestAppointment(tx, { ...series, id: 'b', position: 2, on: '2026-11-26', time: '17:30' });
      await insertTestAppointment(tx, {
        ...series,
        id: 'c',
        position: 3,
        on: '2026-12-03',
        time: '17:30',
        status: 'cancelled',
      });
      const moved = { on: '2026-12-09', time: '18:00', nominal: { on: '2026-12-10', time: '17:30' } };
      await insertTestAppointment(tx, { ...series, id: 'd', position: 4, ...moved });
      await tx
        .insert(seriesQuestionPages)
        .values({ seriesId: 's', questionSlug: 'hamstring-tendinopathy', createdAt: 0 });
    });
    expect(await getAppointmentFacts(mira, 'b')).toMatchObject({
      position: 2,
      sessions: 4,
      isMoved: false,
      client: { name: 'Ana Costa', email: 'ana.costa@example.org', phone: null },
      therapist: { name: 'Mira Kovač' },
      room: { name: 'Garden room' },
      service: { name: 'Swedish' },
      note: 'Left side.',
      questionSlug: 'hamstring-tendinopathy',
      next: { uid: 'd', startsAt: instantAt('2026-12-09', '18:00') },
      lastStartsAt: instantAt('2026-12-09', '18:00'),
      places: [
        { position: 1, status: 'completed' },
        { position: 2, status: 'booked' },
        { position: 3, status: 'cancelled' },
        { position: 4, status: 'booked', isMoved: true },
      ],
    });
    expect((await getAppointmentFacts(mira, 'd'))?.next).toBeNull();
    // It was booked at that time from the start, until it is moved.
    const isNextMoved = async () => (await getAppointmentFacts(mira, 'b'))?.next?.isMoved;
    expect(await isNextMoved()).toBe(false);
    await write(async (tx) => void (await tx.update(appointments).set({ movedAt: 1 }).where(eq(appointments.id, 'd'))));
    expect(await isNextMoved()).toBe(true);
  });

  it('is shown to the therapist of the appointment and the owner, and to no colleague', async () => {
    await write((tx) =>
      insertTestAppointment(tx, { id: 'hers', on: '2026-12-01', time: '15:30', therapistId: 'jun', roomId: 'loft' }),
    );
    expect(await getAppointmentFacts(mira, 'hers')).toBeNull();
    expect(await getAppointmentFacts(ruth, 'h\u0000ers')).toBeNull();
    expect(await getAppointmentFacts(ruth, 'hers')).toMatchObject({ uid: 'hers' });
  });

  it('is null if there is no such appointment', async () => {
    expect(await getAppointmentFacts(mira, 'nobody')).toBeNull();
  });
});
