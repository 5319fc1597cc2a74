import { expect, it } from 'vitest';
import { judgeProgress } from './progress';
import * as safety from './safety';
import { screenSafety } from './screen-safety';

it('what programs outside call has the addresses and names they know', () => {
  expect(safety.screenSafety).toBe(screenSafety);
  expect(judgeProgress).toBeTypeOf('function');
});
