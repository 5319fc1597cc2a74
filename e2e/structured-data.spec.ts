import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

// What a page tells machines is what it shows people: each fact is looked for in the page as it is drawn.

interface Said {
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
const textOf = async (page: Page, selector: string) => plain((await page.locator(selector).textContent()) ?? '');

for (const slug of slugs) {
  test(`${slug} tells machines what it shows people @no-script-only @no-script`, async ({ page, baseURL }) => {
    await page.goto(`/questions/${slug}`);
    const written = await page.locator('script[type="application/ld+json"]').allTextContents();
    expect(written).toHaveLength(1);
    const [said, crumbs] = JSON.parse(written[0] ?? '')['@graph'] as [Said, Said];

    expect(said.name).toBe(await textOf(page, 'h1'));
    expect(await page.locator('link[rel=canonical]').getAttribute('href')).toBe(said.url);
    expect(said.url).toBe(`${baseURL}/questions/${slug}`);
    expect(await textOf(page, 'article')).toContain(plain(said.abstract));
    expect(await textOf(page, 'footer')).toContain(said.publisher.name);

    const about = page.locator('section', { has: page.locator('#changes') }).last();
    const days = await about.locator('time').evaluateAll((all) => all.map((entry) => entry.getAttribute('datetime')));
    expect(days.slice(0, 2)).toEqual([said.datePublished, said.lastReviewed]);
    expect(days.slice(3)).toContain(said.dateModified);
    const words = plain((await about.textContent()) ?? '');
    expect(words.toLowerCase()).toContain(`written by ${said.author.name.toLowerCase()}`);
    expect(words).toContain(said.reviewedBy ? `Reviewed by ${said.reviewedBy.name}` : 'Not yet reviewed');

    const shown = await page.locator('li[id^="source-"]').evaluateAll((all) =>
      all.map((entry) => ({
        words: entry.textContent ?? '',
        url: entry.querySelector('a[href^="http"]')?.getAttribute('href') ?? undefined,
      })),
    );
    expect(shown.map(({ url }) => url)).toEqual(said.citation.map(({ url }) => url));
    for (const [index, { name, datePublished }] of said.citation.entries()) {
      expect(plain(shown[index]?.words ?? '')).toContain(plain(name));
      if (datePublished) expect(shown[index]?.words).toContain(datePublished);
    }
    const links = await page
      .locator('nav[aria-label="You are in"] a')
      .evaluateAll((all) => all.map((entry) => entry.textContent));
    expect(crumbs.itemListElement.map(({ name }) => name)).toEqual([...links, said.name]);
  });
}

test('the picture of a page is where the page says it is @desktop-only', async ({ page, baseURL }) => {
  await page.goto('/questions/sciatica');
  const picture = await page.locator('meta[property="og:image"]').getAttribute('content');
  expect(picture).toBe(`${baseURL}/questions/sciatica/grade.png`);
  const answer = await page.request.get(picture ?? '');
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/png']);
  expect((await page.request.get('/questions/made-up/grade.png')).status()).toBe(404);
});
