import { expect, it } from 'vitest';
import * as availability from './availability';
import * as standing from './standing-times';

it('what programs outside call has the names they know', () => {
  expect(availability.freeStarts).toBe(availability.freeStarts);
  expect(standing.standingTimes).toBe(standing.standingTimes);
});
