import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import { listChangesToReport, mergeSeriesUpdates } from './notification-changes';
import type { LastNotifiedAppointment, SeriesUpdate } from './notification-types';

const HOUR = 3_600_000;
const at = (hour: number, therapistId = 'mira'): LastNotifiedAppointment => ({
  start: hour * HOUR,
  end: (hour + 1) * HOUR,
  therapistId,
});
const newsOf = (
  was: Record<string, LastNotifiedAppointment>,
  mayKnow: Record<string, LastNotifiedAppointment>[] = [],
): SeriesUpdate => {
  return { kind: 'moved', audience: 'client', was, mayKnow };
};
const changes = (news: SeriesUpdate, now: Record<string, LastNotifiedAppointment>, instant = 0) =>
  listChangesToReport(news, (uid) => now[uid] ?? null, instant).map(({ uid, kind }) => `${uid} ${kind}`);

describe('the changes since a reader’s last message', () => {
  it('include the newest of the given reasons', () => {
    const [first, second, third] = [newsOf({ a: at(5) }), newsOf({ a: at(6) }), newsOf({ b: at(7) })];
    const folded = mergeSeriesUpdates([
      { ...first, reason: 'Mira is ill.' },
      { ...second, reason: 'The road is closed.' },
      third,
    ]);
    expect(folded).toEqual({ ...third, was: { a: at(5), b: at(7) }, reason: 'The road is closed.' });
    expect('reason' in mergeSeriesUpdates([first, second])).toBe(false);
  });

  it('include the therapist that each date had at first', () => {
    const first = { ...newsOf({ a: null }), wasWith: { a: 'mira' } };
    const second = { ...newsOf({ a: null, b: null }), wasWith: { a: 'tom', b: 'tom' } };
    expect(mergeSeriesUpdates([first, second]).wasWith).toEqual({ a: 'mira', b: 'tom' });
    expect('wasWith' in mergeSeriesUpdates([newsOf({ a: null })])).toBe(false);
  });

  it.each([
    ['a booking that they never heard of', newsOf({ a: null }), { a: at(5) }, ['a booked']],
    ['a date at another time', newsOf({ a: at(5) }), { a: at(6) }, ['a moved']],
    ['a date with another therapist', newsOf({ a: at(5) }), { a: at(5, 'jun') }, ['a moved']],
    ['a cancelled date', newsOf({ a: at(5) }), {}, ['a cancelled']],
    ['nothing for a date that was booked and cancelled', newsOf({ a: null }), {}, []],
    ['nothing for a date that is as before', newsOf({ a: at(5) }), { a: at(5) }, []],
    [
      'a date at a time that they may have heard of, and is not so',
      newsOf({ a: at(5) }, [{ a: at(6) }]),
      { a: at(5) },
      ['a moved'],
    ],
    ['a cancelled date that they may have heard of', newsOf({ a: null }, [{ a: at(6) }]), {}, ['a cancelled']],
    ['a booking that they may not have heard of', newsOf({ a: null }, [{ a: at(6) }]), { a: at(6) }, ['a booked']],
    [
      'compared for each date with what was last said of it',
      newsOf({ a: at(5) }, [{ b: at(9) }]),
      { a: at(6), b: at(8) },
      ['a moved', 'b moved'],
    ],
  ])('are %s', (_, news, now, expected) => {
    expect(changes(news, now)).toEqual(expected);
  });

  it('leave out dates that are over, unless there are other changes', () => {
    const news = newsOf({ a: at(5), b: at(9) });
    expect(changes(news, { b: at(9) }, 6 * HOUR)).toEqual([]);
    expect(changes(news, {}, 6 * HOUR)).toEqual(['a cancelled', 'b cancelled']);
  });
});

it('are the same whether each change is reported at once or all at the end', () => {
  const stateArbitrary = fc
    .option(fc.integer({ min: 1, max: 4 }), { nil: null })
    .map((hour) => (hour === null ? null : at(hour)));
  fc.assert(
    fc.property(fc.array(stateArbitrary, { minLength: 2, maxLength: 9 }), (states) => {
      const each = states.slice(1).map((_, k) => newsOf({ a: states[k]! }));
      const folded = mergeSeriesUpdates(each as [SeriesUpdate, ...SeriesUpdate[]]);
      const last = states.at(-1)!;
      expect(listChangesToReport(folded, () => last, 0)).toEqual(
        listChangesToReport(newsOf({ a: states[0]! }), () => last, 0),
      );
    }),
  );
});
