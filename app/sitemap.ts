import type { MetadataRoute } from 'next';
import { listQuestions } from '@/questions/library';
import { baseUrl } from '@/site';

// The address of the site is known to the server that runs, not to the one that builds.
export const dynamic = 'force-dynamic';

export default function sitemap(): MetadataRoute.Sitemap {
  const base = baseUrl();
  const pages = [
    '',
    '/questions',
    '/questions/how-we-grade',
    '/questions/who-writes-this',
    '/questions/ask',
    '/book',
    '/embed',
    '/privacy',
  ];
  return [
    ...pages.map((page) => ({ url: `${base}${page}` })),
    ...listQuestions().map(({ slug, changes }) => ({
      url: `${base}/questions/${slug}`,
      lastModified: changes
        .map(({ on }) => on)
        .sort()
        .at(-1),
    })),
  ];
}
