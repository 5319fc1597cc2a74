import type { MetadataRoute } from 'next';
import { baseUrl } from '@/site-address';
import { listShownQuestions } from './questions/shown-questions';

// Only the running server knows the address of the site; the build does not.
export const dynamic = 'force-dynamic';

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
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
    ...(await listShownQuestions()).map(({ slug, changes }) => ({
      url: `${base}/questions/${slug}`,
      lastModified: changes
        .map(({ on }) => on)
        .sort()
        .at(-1),
    })),
  ];
}
