/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  serverExternalPackages: ['better-sqlite3', 'better-sqlite3-13', 'date-holidays', 'pdfkit', 'pg'],
  // All pictures here are small already; this closes the route that would scale any picture.
  images: { unoptimized: true },
  // A cache may serve an expired page for five minutes while it is rendered again, instead of Next's year.
  expireTime: 600,
  // Without this a browser requests the icons again with every page.
  headers: async () => [
    {
      source: '/:icon(icon\\.svg|favicon\\.ico|apple-touch-icon\\.png)',
      headers: [{ key: 'Cache-Control', value: 'public, max-age=86400' }],
    },
  ],
  experimental: {
    // Cached pages stay in memory: from disk, a server on another database would serve them too.
    isrFlushToDisk: false,
    // Each page is loaded by its first visitor: loading all of them first makes a start take half as long again.
    preloadEntriesOnStart: false,
  },
  // `npm run check` and `npm test` check types, also those of the tests; a server has neither the tools nor the time.
  typescript: { ignoreBuildErrors: true },
};
