import { describe, expect, it } from 'vitest';
import { listBesideMassages, parseNewBookingParams, toNewBookingParamPairs } from './new-booking-params';

const service = (id: string, therapists: string[]) => ({
  id,
  name: id,
  pressure: 1,
  lengths: [{ minutes: 60, priceCents: 6800 }],
  therapists,
});
const offer = {
  services: [service('swedish', ['mira', 'jun']), service('deep', ['mira'])],
  therapists: [
    { id: 'mira', name: 'Mira' },
    { id: 'jun', name: 'Jun' },
  ],
  maxSessions: 12,
  today: '2026-11-23',
  windowDays: 180,
};
const parse = (params: Record<string, unknown>) => parseNewBookingParams(params, offer);

describe('a second person at the same time', () => {
  const rooms = ['elm', 'oak'];
  const both = { ...offer, services: offer.services.map((service) => ({ ...service, rooms })) };
  const parseParams = (params: Record<string, string>) =>
    parseNewBookingParams({ new: '2026-12-01T11:30', with: 'mira', beside: 'jun', ...params }, both);

  it('is with a colleague who gives the same massage', () => {
    const choice = parseParams({});
    expect(choice).toMatchObject({ therapistId: 'mira', besideId: 'jun', lostBesideId: null });
    expect(choice?.plan).toMatchObject({ isForTwo: true, standing: { therapistId: 'mira', besideId: 'jun' } });
    expect(parseNewBookingParams(Object.fromEntries(toNewBookingParamPairs(choice!)), both)).toEqual(choice);
  });

  it('has a massage that the colleague gives, where the colleague does not give the first person’s', () => {
    const choice = parseParams({ type: 'deep' });
    expect(choice).toMatchObject({
      ...{ besideId: 'jun', lostBesideId: null },
      plan: { isForTwo: true, ladder: ['deep'], second: { serviceId: 'swedish' }, standing: { besideId: 'jun' } },
    });
    expect(parseNewBookingParams(Object.fromEntries(toNewBookingParamPairs(choice!)), both)).toEqual(choice);
  });

  it('has the massage and length that were chosen for them, as long as the colleague gives both', () => {
    const lengths = [30, 60].map((minutes) => ({ minutes, priceCents: 100 * minutes }));
    const longer = { ...both, services: both.services.map((service) => ({ ...service, lengths })) };
    const read = (params: Record<string, string>) =>
      parseNewBookingParams({ new: '2026-12-01T11:30', with: 'jun', beside: 'mira', minutes: '60', ...params }, longer);
    expect(read({})?.plan.second).toEqual({ serviceId: null, minutes: null });
    const choice = read({ besideMassage: 'deep.30' });
    expect(choice?.plan).toMatchObject({
      ladder: ['swedish'],
      minutes: 60,
      second: { serviceId: 'deep', minutes: 30 },
    });
    expect(Object.fromEntries(toNewBookingParamPairs(choice!)).besideMassage).toBe('deep.30');
    expect(read({ with: 'mira', beside: 'jun', besideMassage: 'deep.30' })?.plan.second).toEqual({
      ...{ serviceId: null, minutes: null },
    });
    expect(listBesideMassages(choice!.plan, 'mira', longer).map(({ value }) => value)).toEqual([
      ...['', 'deep.60', 'swedish.30', 'deep.30'],
    ]);
  });

  it('is reported as lost where the colleague gives no massage, or there is only one room', () => {
    const idle = { ...both, services: both.services.map((service) => ({ ...service, therapists: ['mira'] })) };
    const lost = parseNewBookingParams({ new: '2026-12-01T11:30', with: 'mira', beside: 'jun' }, idle);
    expect(lost).toMatchObject({ besideId: null, lostBesideId: 'jun', plan: { isForTwo: false } });
    const oneRoom = { ...both, services: both.services.map((service) => ({ ...service, rooms: ['elm'] })) };
    const tight = parseNewBookingParams({ new: '2026-12-01T11:30', with: 'mira', beside: 'jun' }, oneRoom);
    expect(tight).toMatchObject({ besideId: null, lostBesideId: 'jun', plan: { standing: { therapistId: 'mira' } } });
  });

  it('is ignored where the viewer may book in one calendar only, or with the same therapist', () => {
    const own = { ...both, therapists: [{ id: 'mira', name: 'Mira' }] };
    const alone = parseNewBookingParams({ new: '2026-12-01T11:30', with: 'mira', beside: 'jun' }, own);
    expect(alone).toMatchObject({ besideId: null, lostBesideId: null });
    expect(parseParams({ beside: 'mira' })).toMatchObject({ besideId: null, lostBesideId: null });
  });
});

describe('booking for a caller, as its address describes it', () => {
  it('begins with one session at the pressed time, and with eight for a series', () => {
    const choice = parse({ new: '2026-12-01T11:30', with: 'jun' });
    expect(choice).toMatchObject({ at: '2026-12-01T11:30', therapistId: 'jun', client: null, isAnyHour: false });
    expect(choice?.plan).toMatchObject({ serviceId: 'swedish', minutes: 60, cadence: 'once', sessions: 1, wanted: 8 });
    expect(choice?.plan.standing).toEqual({ on: '2026-12-01', time: '11:30', therapistId: 'jun' });
    expect(parse({ new: '2026-12-01T11:30', cadence: 'weekly' })?.plan.sessions).toBe(8);
  });

  it('offers only massages that the therapist gives', () => {
    expect(parse({ new: '2026-12-01T11:30', with: 'jun', type: 'deep' })?.plan.serviceId).toBe('swedish');
    expect(parse({ new: '2026-12-01T11:30', with: 'mira', type: 'deep' })?.plan.serviceId).toBe('deep');
  });

  it('books only in calendars in which the viewer may book', () => {
    const own = { ...offer, therapists: [{ id: 'jun', name: 'Jun' }] };
    expect(parseNewBookingParams({ new: '2026-12-01T11:30', with: 'mira' }, own)?.therapistId).toBe('jun');
    expect(parseNewBookingParams({ new: '2026-12-01T11:30' }, { ...offer, therapists: [] })).toBeNull();
  });

  it.each([undefined, '', '2026-12-01', '2026-13-01T11:30', '2026-12-01T25:00', ['x'], '9999-12-31T10:00'])(
    'reads %j as no booking',
    (param) => {
      expect(parse({ new: param })).toBeNull();
    },
  );

  it('has no time to offer on a past day, or on one too far ahead', () => {
    expect(parse({ new: '2026-11-20T11:30' })?.plan.standing).toBeNull();
    expect(parse({ new: '2028-11-20T11:30' })?.plan.standing).toBeNull();
  });

  it('is the same when read back from its own address', () => {
    const params = {
      new: '2026-12-01T11:30',
      with: 'jun',
      client: 'ana',
      cadence: 'weekly',
      sessions: '6',
      hours: 'any',
    };
    const choice = parse(params);
    expect(parse(Object.fromEntries(toNewBookingParamPairs(choice!)))).toEqual(choice);
    expect(choice?.isUsual, 'no massage was chosen').toBe(true);
    const chosen = parse({ ...params, type: 'swedish' });
    expect(chosen?.isUsual).toBe(false);
    expect(parse(Object.fromEntries(toNewBookingParamPairs(chosen!)))).toEqual(chosen);
  });
});
