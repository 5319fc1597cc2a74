import { expect, it } from 'vitest';
import type { MassageId } from '@/questions/front-matter';
import { toBookablePlan } from './bookable-plan';

const offer = (id: string, ...minutes: number[]) => ({
  id,
  name: id,
  lengths: minutes.map((length) => ({ minutes: length, priceCents: 6000 })),
  therapists: ['mira'],
});
const plan = (minutes: number, ...massages: MassageId[]) => ({ minutes, massages });

it("is the page's own plan where the practice offers all of it", () => {
  expect(toBookablePlan(plan(60, 'swedish', 'sports'), [offer('swedish', 60), offer('sports', 60, 90)])).toEqual({
    massages: ['swedish', 'sports'],
    minutes: 60,
    missing: [],
    isOtherLength: false,
  });
});

it('replaces a massage that is not offered, and names it', () => {
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

it("takes the length nearest to the page's that all of the massages have", () => {
  const found = toBookablePlan(plan(60, 'swedish', 'sports'), [offer('swedish', 45, 60, 90), offer('sports', 30, 90)]);
  expect(found).toMatchObject({ massages: ['swedish', 'sports'], minutes: 90, isOtherLength: true });
});

it('has only one massage where the two have no length in common', () => {
  const found = toBookablePlan(plan(60, 'swedish', 'sports'), [offer('swedish', 60), offer('sports', 30)]);
  expect(found).toMatchObject({ massages: ['swedish', 'swedish'], minutes: 60, missing: [] });
});

it('is null where nothing can be booked', () => {
  expect(toBookablePlan(plan(60, 'swedish'), [])).toBeNull();
  expect(toBookablePlan(plan(60, 'swedish'), [offer('swedish')])).toBeNull();
});
