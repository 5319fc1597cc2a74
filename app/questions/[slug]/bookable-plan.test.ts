import { expect, it } from 'vitest';
import type { MassageId } from '@/questions/front-matter';
import { toBookablePlan } from './bookable-plan';

const offer = (id: string, ...minutes: number[]) => ({
  id,
  name: id,
  lengths: minutes.map((length) => ({ minutes: length, priceCents: 6000 })),
});
const plan = (minutes: number, ...massages: MassageId[]) => ({ minutes, massages });

it('is the plan of the page where all of it is sold', () => {
  expect(toBookablePlan(plan(60, 'swedish', 'sports'), [offer('swedish', 60), offer('sports', 60, 90)])).toEqual({
    massages: ['swedish', 'sports'],
    minutes: 60,
    missing: [],
    isOtherLength: false,
  });
});

it('puts what is sold in place of what is not, and names that', () => {
  const ladder = plan(60, 'swedish', 'sports', 'sports');
  expect(toBookablePlan(ladder, [offer('deep-tissue', 60), offer('swedish', 60)])).toMatchObject({
    massages: ['swedish', 'swedish', 'swedish'],
    missing: ['sports'],
  });
  expect(toBookablePlan(plan(60, 'sports'), [offer('deep-tissue', 60)])).toMatchObject({
    massages: ['deep-tissue'],
    missing: ['sports'],
  });
});

it('takes the length nearest to the page’s that all of them have', () => {
  const found = toBookablePlan(plan(60, 'swedish', 'sports'), [offer('swedish', 45, 60, 90), offer('sports', 30, 90)]);
  expect(found).toMatchObject({ massages: ['swedish', 'sports'], minutes: 90, isOtherLength: true });
});

it('is of one massage where no length is common to both', () => {
  const found = toBookablePlan(plan(60, 'swedish', 'sports'), [offer('swedish', 60), offer('sports', 30)]);
  expect(found).toMatchObject({ massages: ['swedish', 'swedish'], minutes: 60, missing: [] });
});

it('is none where nothing can be booked', () => {
  expect(toBookablePlan(plan(60, 'swedish'), [])).toBeNull();
  expect(toBookablePlan(plan(60, 'swedish'), [offer('swedish')])).toBeNull();
});
