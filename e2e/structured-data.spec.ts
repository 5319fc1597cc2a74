import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

// A page's structured data says what it shows people: each fact is looked for in the visible page.

interface StructuredData {
  name: string;
  abstract: string;
  url: string;
  datePublished: string;
  dateModified: string;
  lastReviewed: string;
  author: { name: string };
  publisher: { name: string };
  reviewedBy?: { name: string };
  citation: { name: string; datePublished?: string; url?: string }[];
  itemListElement: { name: string; item: string }[];
}

const slugs = readdirSync('questions')
  .filter((name) => /^[a-z0-9-]+\.md$/.test(name))
  .map((name) => name.slice(0, -3));

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The text of one page and its structured data, read at once. */
const readPage = (page: Page) =>
  page.evaluate(() => {
    const all = (selector: string, within: ParentNode = document) => [...within.querySelectorAll(selector)];
    const textOf = (element?: Element | null) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
    const about = all('section')
      .filter((section) => section.querySelector('#changes'))
      .at(-1);
    return {
      written: all('script[type="application/ld+json"]').map((script) => script.textContent ?? ''),
      title: textOf(document.querySelector('h1')),
      canonical: document.querySelector('link[rel=canonical]')?.getAttribute('href'),
      article: textOf(document.querySelector('article')),
      footer: textOf(document.querySelector('footer')),
      about: textOf(about),
      days: all('time', about).map((time) => time.getAttribute('datetime')),
      sources: all('li[id^="source-"]').map((source) => ({
        words: textOf(source),
        url: source.querySelector('a[href^="http"]')?.getAttribute('href') ?? undefined,
      })),
      crumbs: all('nav[aria-label="You are in"] a').map((link) => link.textContent),
    };
  });

test('each question page’s structured data matches what it shows people @no-script-only @no-script', async ({
  page,
  baseURL,
}) => {
  expect(slugs.length).toBeGreaterThan(13);
  for (const slug of slugs) {
    await test.step(slug, async () => {
      await page.goto(`/questions/${slug}`);
      const shown = await readPage(page);
      expect(shown.written).toHaveLength(1);
      const [article, crumbs] = JSON.parse(shown.written[0] ?? '')['@graph'] as [StructuredData, StructuredData];

      expect(article.name).toBe(shown.title);
      expect(article.url).toBe(`${baseURL}/questions/${slug}`);
      expect(shown.canonical).toBe(article.url);
      expect(shown.article).toContain(plain(article.abstract));
      expect(shown.footer).toContain(article.publisher.name);

      expect(shown.days.slice(0, 2)).toEqual([article.datePublished, article.lastReviewed]);
      expect(shown.days.slice(3)).toContain(article.dateModified);
      expect(shown.about.toLowerCase()).toContain(`written by ${article.author.name.toLowerCase()}`);
      expect(shown.article).toContain(
        article.reviewedBy ? `Reviewed by ${article.reviewedBy.name}` : 'No clinician has reviewed it yet',
      );

      expect(shown.sources.map(({ url }) => url)).toEqual(article.citation.map(({ url }) => url));
      for (const [index, { name, datePublished }] of article.citation.entries()) {
        expect(shown.sources[index]?.words ?? '').toContain(plain(name));
        if (datePublished) expect(shown.sources[index]?.words).toContain(datePublished);
      }
      expect(crumbs.itemListElement.map(({ name }) => name)).toEqual([...shown.crumbs, article.name]);
    });
  }
});

test('the preview picture of a page is at the address that the page gives @desktop-only', async ({ page, baseURL }) => {
  await page.goto('/questions/sciatica');
  const picture = await page.locator('meta[property="og:image"]').getAttribute('content');
  expect(picture).toBe(`${baseURL}/questions/sciatica/grade.png`);
  const answer = await page.request.get(picture ?? '');
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/png']);
  expect((await page.request.get('/questions/made-up/grade.png')).status()).toBe(404);
});
