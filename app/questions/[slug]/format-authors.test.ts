import { describe, expect, it } from 'vitest';
import { readCitationsFile } from '@/questions/library';
import { formatAuthors } from './format-authors';

describe('the authors of a source', () => {
  it.each([
    [['Crump C', 'Paluska SA'], 'Crump and Paluska'],
    [['van den Dolder PA', 'Ferreira PH', 'Refshauge KM'], 'van den Dolder and others'],
    [['Carnes D', 'others'], 'Carnes and others'],
    [['Koc TA Jr'], 'Koc'],
    [['Cancer Research UK'], 'Cancer Research UK'],
    [['Diabetes UK'], 'Diabetes UK'],
    [['NHS inform'], 'NHS inform'],
    [[], 'Authors not named in the record we read'],
  ])('%j are shown as “%s”', (authors, expected) => expect(formatAuthors(authors)).toBe(expected));

  it('are not cut when the author is an organisation', () => {
    const houses = Object.values(readCitationsFile())
      .filter(({ authors: [first, second] }) => first && !second && /\b(?:UK|NHS|Society|Trust|Health)\b/.test(first))
      .map(({ authors: [first] }) => first!);
    expect(houses.length).toBeGreaterThan(10);
    expect(houses.filter((house) => formatAuthors([house]) !== house)).toEqual([]);
  });
});
