import { describe, expect, it } from 'vitest';
import {
  bodyAreas,
  bodyMarkKinds,
  formatAreaList,
  formatAreaName,
  listSensitiveFocus,
  parseAreaMarks,
  pressureOfMark,
  toggleBodyMarkKind,
} from './body-areas';

describe('the areas of the body map', () => {
  it('have unique ids, and each left area has a matching right one', () => {
    const ids = bodyAreas.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, side } of bodyAreas) if (side === 'left') expect(ids).toContain(id.replace(/left$/, 'right'));
    expect(ids).toContain('calf-left');
    expect(ids).toContain('chest');
  });

  it('include every sensitive area, where work asks for consent each time', () => {
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

describe('marks on the body map', () => {
  it('are accepted only for areas and marks that exist, and listed from the head down', () => {
    expect(parseAreaMarks(null)).toEqual({});
    expect(parseAreaMarks('calf-left')).toEqual({});
    const marks = { 'calf-left': 'avoid', 'back-of-neck': 'focus-light', tail: 'focus', chest: 'x', belly: 4 };
    expect(Object.entries(parseAreaMarks(marks))).toEqual([
      ['back-of-neck', 'focus-light'],
      ['calf-left', 'avoid'],
    ]);
  });

  it('give the pressure that worked, if it was noted', () => {
    expect(bodyMarkKinds.map(pressureOfMark)).toEqual([null, 'light', 'medium', 'firm', null]);
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
    expect(toggleBodyMarkKind(before, chosen)).toBe(after);
  });
});

describe('sensitive places on the map', () => {
  it('are those marked to be worked on, each once, without those to avoid and without unknown areas', () => {
    expect(
      listSensitiveFocus({ belly: 'focus', 'buttock-left': 'focus-light', 'sit-bone-right': 'focus', chest: 'avoid' }),
    ).toEqual(['buttock', 'abdomen']);
    expect(listSensitiveFocus({ 'calf-left': 'focus', tail: 'focus' })).toEqual([]);
  });
});
