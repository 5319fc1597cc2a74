import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SORENESS_PER_TEN } from './soreness';

/**
 * What a page says about how many people in ten feel sore: 'Between 1 and 4 people in 10 feel sore', 'One to 4 people
 * in 10 …'.
 */
const SORENESS_SHARE =
  /\b(\w+)(?: (?:to|and) (\w+))?(?: people)? in (?:10|ten)(?: people)? feel(?: a (?:bit|little))? sore/gi;
const number = (word: string | undefined) => (/^one$/i.test(word ?? '') ? 1 : Number(word));

it('every page gives the same share of people who feel sore', () => {
  const pages = readdirSync('questions').filter((name) => name.endsWith('.md') && name !== 'README.md');
  const shares = pages.flatMap((page) =>
    [...readFileSync(`questions/${page}`, 'utf8').matchAll(SORENESS_SHARE)].map(([, least, most]) => [
      page,
      number(least),
      number(most),
    ]),
  );
  expect(shares.length).toBeGreaterThan(15);
  expect(
    shares.filter(([, least, most]) => least !== SORENESS_PER_TEN.least || most !== SORENESS_PER_TEN.most),
  ).toEqual([]);
});
