import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { closeUpsByPage } from '@/questions/drawings/close-ups';
import { listQuestions } from '@/questions/library';
import { BodyAreasFigure } from './[slug]/body-areas-figure';
import { groupQuestionsByBodyPlace, QuestionsByBodyPlaceSection } from './questions-by-body-place';

describe('the drawing on a page', () => {
  it.each(listQuestions())('$slug has a title and a description that says what is marked', (question) => {
    const html = renderToStaticMarkup(<BodyAreasFigure where={question.where} slug={question.slug} />);
    const drawn = [...html.matchAll(/<svg[^>]*aria-labelledby="(\S+)" aria-describedby="(\S+)"[^>]*>/g)];
    expect(drawn.length).toBeGreaterThan(0);
    for (const [, title, desc] of drawn) {
      expect(html).toMatch(new RegExp(`<title id="${title}">The [^<]+ from`));
      expect(html).toContain(`<desc id="${desc}">`);
    }
    for (const name of [...question.where.hurts, ...question.where.worked, ...question.where.spare])
      expect(html.match(/<desc[^>]*>(.*?)<\/desc>/)?.[1]).toContain(name);
    expect(new Set(html.match(/ id="[^"]+"/g)).size).toBe(html.match(/ id="[^"]+"/g)?.length);
  });
});

describe('a close-up drawing', () => {
  it.each(Object.entries(closeUpsByPage))('of %s marks only parts that it has', (slug, near) => {
    expect(listQuestions().map((question) => question.slug)).toContain(slug);
    for (const part of [...near!.hurts, ...near!.worked, ...(near!.spare ?? [])])
      expect(near!.drawing.parts[part], part).toMatch(/^M/);
  });
});

describe('the index by body place', () => {
  it('leads to every page about a place', () => {
    const reached = new Set(
      groupQuestionsByBodyPlace(listQuestions()).flatMap(({ pages }) => pages.map(({ slug }) => slug)),
    );
    const placed = listQuestions().filter(({ shelf, where }) => shelf === 'where it hurts' && where.hurts.length > 0);
    expect(placed.filter(({ slug }) => !reached.has(slug)).map(({ slug }) => slug)).toEqual([]);
  });

  it('leaves out hidden pages, and places without a page', () => {
    const places = groupQuestionsByBodyPlace(listQuestions().filter(({ slug }) => slug === 'achilles'));
    expect(places.map(({ name, pages }) => [name, pages.length])).toEqual([['Calf, heel and foot', 1]]);
  });

  it('links every place in the picture to its only page, or to its pages in the list', () => {
    const questions = listQuestions();
    const html = renderToStaticMarkup(<QuestionsByBodyPlaceSection questions={questions} />);
    const links = new Map(
      [...html.matchAll(/<a href="([^"]+)" aria-label="([^":]+): /g)].map(([, to, name]) => [name, to!]),
    );
    for (const { name, areas, pages } of groupQuestionsByBodyPlace(questions)) {
      const to = areas.length === 0 ? undefined : pages.length === 1 ? `/questions/${pages[0]!.slug}` : '#';
      if (to === '#') expect(html).toContain(` id="${links.get(name)?.slice(1)}"`);
      else expect(links.get(name), name).toBe(to);
    }
  });
});
