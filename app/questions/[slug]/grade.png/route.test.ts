import { describe, expect, it } from 'vitest';
import { listQuestionSlugs } from '@/questions/list-question-slugs';
import { GET, generateStaticParams } from './route';

const picture = (slug: string) => GET(new Request('http://localhost/'), { params: Promise.resolve({ slug }) });

describe('the preview image of a question', () => {
  it('is drawn at build time for every question', () => {
    expect(generateStaticParams()).toEqual(listQuestionSlugs().map((slug) => ({ slug })));
  });

  it.each(listQuestionSlugs())('of %s has the size that its page declares', async (slug) => {
    const answer = await picture(slug);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  });

  it('is not drawn for an unknown slug', async () => {
    expect((await picture('made-up')).status).toBe(404);
  });
});
