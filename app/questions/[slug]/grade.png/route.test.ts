import { describe, expect, it } from 'vitest';
import { listSlugs } from '@/questions/slugs';
import { GET, generateStaticParams } from './route';

const picture = (slug: string) => GET(new Request('http://localhost/'), { params: Promise.resolve({ slug }) });

describe('the picture of a question', () => {
  it('is drawn for every question, in the size that its page tells', async () => {
    expect(generateStaticParams()).toEqual(listSlugs().map((slug) => ({ slug })));
    for (const slug of listSlugs()) {
      const answer = await picture(slug);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(answer.headers.get('content-type'), slug).toBe('image/png');
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], slug).toEqual([1200, 630]);
    }
  });

  it('is not drawn for a made-up name', async () => {
    expect((await picture('made-up')).status).toBe(404);
  });
});
