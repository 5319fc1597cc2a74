import { describe, expect, it } from 'vitest';
import { type BookedInterval, findContradictions } from './history';

const HOUR = 3_600_000;
const span = (startedAt: number, endedAt: number, isCertain = true) => ({ startedAt, endedAt, isCertain });
const makeInterval = (
  id: string,
  booked: BookedInterval['booked'],
  freed: BookedInterval['freed'] = null,
  from = 0,
): BookedInterval => ({
  id,
  resource: 'mira',
  from,
  to: from + HOUR,
  booked,
  freed,
});
const found = (intervals: BookedInterval[], rest: Partial<Parameters<typeof findContradictions>[0]> = {}) =>
  findContradictions({ intervals, refusals: [], readBacks: [], ...rest });
const refused = (startedAt: number, endedAt: number, from = 0) => ({
  resource: 'mira',
  from,
  to: from + HOUR,
  startedAt,
  endedAt,
});

describe('two bookings of one time', () => {
  it('are reported when both stand', () => {
    expect(found([makeInterval('a', span(0, 10)), makeInterval('b', span(5, 15))])).toEqual([
      'a and b had mira at once',
    ]);
  });

  it('are reported when the first was released only after the second was booked', () => {
    expect(found([makeInterval('a', span(0, 10), span(30, 40)), makeInterval('b', span(15, 20))])).toHaveLength(1);
  });

  it('are not reported when the first may have been released in time', () => {
    expect(found([makeInterval('a', span(0, 10), span(18, 40)), makeInterval('b', span(15, 20))])).toEqual([]);
  });

  it('are not reported when their times only touch, or when one was never acknowledged', () => {
    expect(found([makeInterval('a', span(0, 10)), makeInterval('b', span(5, 15), null, HOUR)])).toEqual([]);
    expect(found([makeInterval('a', span(0, 10)), makeInterval('b', span(5, 15, false))])).toEqual([]);
  });
});

describe('a booking that is read again later', () => {
  const entry = makeInterval('a', span(0, 10), span(50, 60));

  it('must show it once it was acknowledged', () => {
    expect(found([entry], { readBacks: [{ id: 'a', isThere: false, startedAt: 11, endedAt: 20 }] })).toHaveLength(1);
  });

  it('must not show it once it was released', () => {
    expect(found([entry], { readBacks: [{ id: 'a', isThere: true, startedAt: 61, endedAt: 70 }] })).toHaveLength(1);
  });

  it('may show it or not while an answer is under way', () => {
    const readBacks = [true, false].flatMap((isThere) => [
      { id: 'a', isThere, startedAt: 5, endedAt: 20 },
      { id: 'a', isThere, startedAt: 40, endedAt: 55 },
    ]);
    expect(found([entry], { readBacks })).toEqual([]);
  });
});

describe('a refused booking', () => {
  it('is reported when nobody could have had the time', () => {
    expect(found([], { refusals: [refused(0, 10)] })).toHaveLength(1);
    expect(found([makeInterval('a', span(20, 30))], { refusals: [refused(0, 10)] })).toHaveLength(1);
    expect(found([makeInterval('a', span(0, 5), span(6, 7))], { refusals: [refused(8, 10)] })).toHaveLength(1);
    expect(found([makeInterval('a', span(0, 5))], { refusals: [refused(8, 10, HOUR)] })).toHaveLength(1);
  });

  it('is accepted when another booking of the time was under way, or was never answered', () => {
    expect(found([makeInterval('a', span(5, 30))], { refusals: [refused(0, 10)] })).toEqual([]);
    expect(found([makeInterval('a', span(5, 6, false))], { refusals: [refused(50, 60)] })).toEqual([]);
    expect(found([makeInterval('a', span(0, 5), span(6, 7, false))], { refusals: [refused(50, 60)] })).toEqual([]);
  });
});
