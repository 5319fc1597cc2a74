import { describe, expect, it } from 'vitest';
import {
  bodyAreas,
  bodyMarks,
  formatAreaList,
  formatAreaName,
  listSensitiveFocus,
  parseAreaMarks,
  pressureOfMark,
  toggleBodyMark,
} from './body-areas';

describe('the areas of the body map', () => {
  it('have a name of their own each, and a right one for each left one', () => {
    const ids = bodyAreas.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, side } of bodyAreas) if (side === 'left') expect(ids).toContain(id.replace(/left$/, 'right'));
    expect(ids).toContain('calf-left');
    expect(ids).toContain('chest');
  });

  it('know those where work asks for consent each time', () => {
    const names = new Set(bodyAreas.filter(({ isSensitive }) => isSensitive).map(({ name }) => name));
    expect([...names].sort()).toEqual(['belly', 'buttock', 'chest', 'inner thigh', 'sit bone']);
  });

  it('are named with their side, and listed by side from the head down', () => {
    expect(formatAreaName('back-of-thigh-right')).toBe('back of thigh, right');
    expect(formatAreaName('belly')).toBe('belly');
    expect(formatAreaName('tail')).toBe('');
    expect(formatAreaList([])).toBe('');
    expect(formatAreaList(['calf-right', 'chest', 'back-of-thigh-left', 'buttock-left', 'back-of-neck'])).toBe(
      'Back of neck, chest. Left: buttock, back of thigh. Right: calf',
    );
  });
});

describe('marks', () => {
  it('are accepted if the area and the mark exist, from the head down', () => {
    expect(parseAreaMarks(null)).toEqual({});
    expect(parseAreaMarks('calf-left')).toEqual({});
    const marks = { 'calf-left': 'avoid', 'back-of-neck': 'focus-light', tail: 'focus', chest: 'x', belly: 4 };
    expect(Object.entries(parseAreaMarks(marks))).toEqual([
      ['back-of-neck', 'focus-light'],
      ['calf-left', 'avoid'],
    ]);
  });

  it('say the pressure that worked, where it was noted', () => {
    expect(bodyMarks.map(pressureOfMark)).toEqual([null, 'light', 'medium', 'firm', null]);
  });

  it.each([
    [undefined, 'focus', 'focus'],
    [undefined, 'avoid', 'avoid'],
    ['focus', 'focus', undefined],
    ['focus-firm', 'focus', undefined],
    ['focus-firm', 'avoid', 'avoid'],
    ['avoid', 'focus', 'focus'],
    ['avoid', 'clear', undefined],
    [undefined, 'clear', undefined],
  ] as const)('%s, pressed for %s, becomes %s', (before, chosen, after) => {
    expect(toggleBodyMark(before, chosen)).toBe(after);
  });
});

describe('sensitive places on the map', () => {
  it('are those that are worked on, each once, and none that are kept off or are no part of it', () => {
    expect(
      listSensitiveFocus({ belly: 'focus', 'buttock-left': 'focus-light', 'sit-bone-right': 'focus', chest: 'avoid' }),
    ).toEqual(['buttock', 'abdomen']);
    expect(listSensitiveFocus({ 'calf-left': 'focus', tail: 'focus' })).toEqual([]);
  });
});
