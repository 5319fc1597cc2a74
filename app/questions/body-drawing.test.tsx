import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { listQuestions } from '@/questions/library';
import { WhereItIs } from './[slug]/where-it-is';
import { placesOf } from './body-index';

describe('the drawing on a page', () => {
  it.each(listQuestions())('$slug has a title and a description that says what is marked', (question) => {
    const html = renderToStaticMarkup(<WhereItIs where={question.where} slug={question.slug} />);
    const drawn = [...html.matchAll(/<svg[^>]*aria-labelledby="(\S+)" aria-describedby="(\S+)"[^>]*>/g)];
    expect(drawn.length).toBeGreaterThan(0);
    for (const [, title, desc] of drawn) {
      expect(html).toContain(`<title id="${title}">The body from`);
      expect(html).toContain(`<desc id="${desc}">`);
    }
    for (const name of [...question.where.hurts, ...question.where.worked, ...question.where.spare])
      expect(html.match(/<desc[^>]*>(.*?)<\/desc>/)?.[1]).toContain(name);
    expect(new Set(html.match(/ id="[^"]+"/g)).size).toBe(html.match(/ id="[^"]+"/g)?.length);
  });
});

describe('the body as an index', () => {
  it('leads to every page that is about a place', () => {
    const reached = new Set(placesOf(listQuestions()).flatMap(({ pages }) => pages.map(({ slug }) => slug)));
    const placed = listQuestions().filter(({ shelf, where }) => shelf === 'where it hurts' && where.hurts.length > 0);
    expect(placed.filter(({ slug }) => !reached.has(slug)).map(({ slug }) => slug)).toEqual([]);
  });

  it('leaves out a page that is hidden, and a place that has none left', () => {
    const places = placesOf(listQuestions().filter(({ slug }) => slug === 'achilles'));
    expect(places.map(({ name, pages }) => [name, pages.length])).toEqual([['Calf, heel and foot', 1]]);
  });
});
