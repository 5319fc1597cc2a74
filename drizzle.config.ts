import { defineConfig } from 'drizzle-kit';

// npm run migrations:  writes db/migrations/sqlite and db/migrations/postgres from the one schema.
const dialect = process.env.DATABASE_URL?.startsWith('postgres') ? 'postgresql' : 'sqlite';

export default defineConfig({
  dialect,
  schema: './db/schema/index.ts',
  out: dialect === 'postgresql' ? './db/migrations/postgres' : './db/migrations/sqlite',
});
