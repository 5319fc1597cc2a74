import { expect, it } from 'vitest';
import * as availability from './availability';
import * as standing from './standing-times';

it('the exports that other programs use keep their names', () => {
  expect(availability.freeStarts).toBe(availability.freeStarts);
  expect(standing.standingTimes).toBe(standing.standingTimes);
});
