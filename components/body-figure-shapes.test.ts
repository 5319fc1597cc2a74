import { describe, expect, it } from 'vitest';
import { bodyAreas } from '@/care/body-areas';
import { type DrawnArea, drawnAreas, findAreaByArrowKey } from './body-figure-shapes';

const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
const areaOf = (id: string): DrawnArea => drawnAreas.find((area) => area.id === id)!;

describe('the drawing of the body', () => {
  it('has every area of the body map, each with a position', () => {
    expect(drawnAreas.map(({ id }) => id).sort()).toEqual(bodyAreas.map(({ id }) => id).sort());
    for (const { id, path } of drawnAreas) expect(path, id).toMatch(/^M-?[\d.]+ -?[\d.]+[La].*Z$/);
  });

  it('has the client’s left on the left of the back and on the right of the front', () => {
    expect(areaOf('calf-left').x).toBeLessThan(0);
    expect(areaOf('shin-left').x).toBeGreaterThan(0);
  });

  it.each(['back', 'front'] as const)('lets the arrow keys reach every area of the %s', (view) => {
    const areas = drawnAreas.filter((area) => area.view === view);
    const reached = new Set([areas[0]!.id]);
    for (const id of reached) {
      for (const key of KEYS) {
        const next = findAreaByArrowKey(areaOf(id), key);
        if (next) reached.add(next.id);
      }
    }
    expect([...reached].sort()).toEqual(areas.map(({ id }) => id).sort());
  });

  it('moves in the direction of an arrow key', () => {
    expect(findAreaByArrowKey(areaOf('back-of-knee-left'), 'ArrowDown')?.id).toBe('calf-left');
    expect(findAreaByArrowKey(areaOf('calf-left'), 'ArrowRight')?.id).toBe('calf-right');
    expect(findAreaByArrowKey(areaOf('back-of-head'), 'ArrowUp')).toBeUndefined();
    expect(findAreaByArrowKey(areaOf('calf-left'), 'Tab')).toBeUndefined();
  });
});
