import { describe, expect, it } from 'vitest';
import {
  advisePressureFromFeedback,
  assignMassagesToSessions,
  divideSessionsAmongMassages,
  findAdjacentPressureMassage,
  groupEqualMassages,
  listMassagesOfProgression,
  listUsefulPressureProgressions,
  type PressureFeedback,
} from './pressure-ladder';

const services = [
  { id: 'deep-tissue', pressure: 3 },
  { id: 'swedish', pressure: 1 },
  { id: 'sports', pressure: 2 },
];

describe('the rungs of a preset', () => {
  it('stay with the chosen massage for `same`', () =>
    expect(listMassagesOfProgression('same', 'sports', services)).toEqual(['sports']));
  it('begin one step gentler for `two`', () =>
    expect(listMassagesOfProgression('two', 'deep-tissue', services)).toEqual(['sports', 'deep-tissue']));
  it('go one step up from the gentlest massage', () =>
    expect(listMassagesOfProgression('two', 'swedish', services)).toEqual(['swedish', 'sports']));
  it('climb every step for `all`, gentlest first', () =>
    expect(listMassagesOfProgression('all', 'sports', services)).toEqual(['swedish', 'sports', 'deep-tissue']));
  it('have one massage for each pressure: the chosen one at its own pressure, else the first listed', () => {
    const more = [...services, { id: 'hot-stone', pressure: 1 }, { id: 'thai', pressure: 2 }];
    expect(listMassagesOfProgression('all', 'hot-stone', more)).toEqual(['hot-stone', 'sports', 'deep-tissue']);
    expect(listMassagesOfProgression('all', 'deep-tissue', more)).toEqual(['swedish', 'sports', 'deep-tissue']);
    expect(listMassagesOfProgression('two', 'hot-stone', more)).toEqual(['hot-stone', 'sports']);
    expect(listMassagesOfProgression('two', 'thai', more)).toEqual(['swedish', 'thai']);
  });
  it('stay with a massage that is no longer offered', () =>
    expect(listMassagesOfProgression('all', 'reiki', services)).toEqual(['reiki']));
});

describe('the presets offered', () => {
  it('leave out those with more steps than sessions', () => {
    expect(listUsefulPressureProgressions('swedish', 1, services)).toEqual(['same']);
    expect(listUsefulPressureProgressions('swedish', 2, services)).toEqual(['same', 'two']);
    expect(listUsefulPressureProgressions('swedish', 3, services)).toEqual(['same', 'two', 'all']);
  });
  it('leave out steps where only one massage is offered', () =>
    expect(listUsefulPressureProgressions('swedish', 8, [services[1]!])).toEqual(['same']));
  it('leave out steps from a massage that is no longer offered', () =>
    expect(listUsefulPressureProgressions('reiki', 8, services)).toEqual(['same']));
});

describe('a ladder', () => {
  it('gives the remaining sessions to the gentler massages', () => {
    expect(divideSessionsAmongMassages(['a', 'b', 'c'], 8)).toEqual(['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c']);
    expect(divideSessionsAmongMassages(['a', 'b'], 1)).toEqual(['a']);
  });
  it('has one massage per session for every length', () => {
    for (let sessions = 1; sessions <= 26; sessions += 1) {
      for (const preset of ['same', 'two', 'all'] as const) {
        expect(assignMassagesToSessions(preset, 'sports', sessions, services)).toHaveLength(sessions);
      }
    }
  });
  it('is grouped into stretches of one massage', () =>
    expect(groupEqualMassages(['a', 'a', 'b', 'a'])).toEqual([
      { serviceId: 'a', sessions: 2 },
      { serviceId: 'b', sessions: 1 },
      { serviceId: 'a', sessions: 1 },
    ]));
});

describe('the next rung', () => {
  const makeFeedback = (pressure: PressureFeedback['pressure'], isSore: boolean | null = false): PressureFeedback => ({
    pressure,
    isSore,
  });
  const right = makeFeedback('right');
  const noFeedback = makeFeedback(null, null);

  it.each([
    [[], 'stay'],
    [[right], 'stay'],
    [[right, right], 'offer_next'],
    [[right, makeFeedback('right', null)], 'offer_next'],
    [[makeFeedback('too_hard'), right, makeFeedback('too_light')], 'offer_next'],
    [[right, noFeedback, right], 'offer_next'],
    [[right, makeFeedback('right', true)], 'stay'],
    [[right, makeFeedback(null)], 'stay'],
    [[right, makeFeedback('too_hard')], 'step_down'],
    [[makeFeedback('too_hard'), noFeedback], 'step_down'],
    [[makeFeedback('too_hard'), right], 'stay'],
  ] as const)('after %j is: %s', (feedback, advice) => {
    expect(advisePressureFromFeedback([...feedback], false)).toBe(advice);
  });

  it('is held back by any news, which never prevents a step down', () => {
    expect(advisePressureFromFeedback([right, right], true)).toBe('stay');
    expect(advisePressureFromFeedback([right, makeFeedback('too_hard')], true)).toBe('step_down');
  });

  it('is the nearest pressure offered, and the first listed massage of that pressure', () => {
    expect(findAdjacentPressureMassage('swedish', 'up', services)).toBe('sports');
    expect(findAdjacentPressureMassage('sports', 'up', services)).toBe('deep-tissue');
    expect(findAdjacentPressureMassage('deep-tissue', 'up', services)).toBeNull();
    expect(findAdjacentPressureMassage('deep-tissue', 'down', services)).toBe('sports');
    expect(findAdjacentPressureMassage('swedish', 'down', services)).toBeNull();
    expect(findAdjacentPressureMassage('reiki', 'up', services)).toBeNull();
    expect(findAdjacentPressureMassage('swedish', 'up', [...services, { id: 'thai', pressure: 2 }])).toBe('sports');
  });
});
