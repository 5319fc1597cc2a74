import type { MetadataRoute } from 'next';

export const dynamic = 'force-dynamic';

export default function robots(): MetadataRoute.Robots {
  const base = process.env.BASE_URL ?? 'http://127.0.0.1:3000';
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/api/', '/manage/', '/practice/', '/sign-in'] },
    sitemap: `${base}/sitemap.xml`,
  };
}
