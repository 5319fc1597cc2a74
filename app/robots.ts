import type { MetadataRoute } from 'next';
import { baseUrl } from '@/site-address';

export const dynamic = 'force-dynamic';

export default function robots(): MetadataRoute.Robots {
  const base = baseUrl();
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/api/', '/feeds/', '/manage/', '/practice/', '/sign-in'] },
    sitemap: `${base}/sitemap.xml`,
  };
}
