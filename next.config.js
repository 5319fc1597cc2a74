/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  serverExternalPackages: ['better-sqlite3', 'better-sqlite3-13', 'date-holidays', 'pdfkit', 'pg'],
  // Every picture here is as small as it gets; this closes the address that would scale others.
  images: { unoptimized: true },
  // Whoever keeps such a page may show it for five minutes more while it is drawn again, not for Next's year.
  expireTime: 600,
  // A browser asks for them again with each page that it shows.
  headers: async () => [
    {
      source: '/:icon(icon\\.svg|favicon\\.ico|apple-touch-icon\\.png)',
      headers: [{ key: 'Cache-Control', value: 'public, max-age=86400' }],
    },
  ],
  experimental: {
    // A kept page lives in memory: on disk it would be shown again by a server that runs on another database.
    isrFlushToDisk: false,
    // Each page is loaded by its first visitor. To load all of them first makes a start half as long again.
    preloadEntriesOnStart: false,
  },
  // `npm run check` and `npm test` check the types, of the tests too; a server has no tools for that, nor time.
  typescript: { ignoreBuildErrors: true },
};
