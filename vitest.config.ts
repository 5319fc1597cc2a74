import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const postgres = process.env.TEST_POSTGRES_URL;
const alias = { '@': path.resolve('.') };
const cleanFolder = ['scripts/bootstrap.test.ts', 'scripts/dockerfile.test.ts'];
/** Test files that mock modules: each of those gets fresh modules. */
const mocking = ['.', 'app'].flatMap((folder) =>
  readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file))
    .map((file) => path.posix.join(folder, file.replaceAll('\\', '/')))
    .filter((file) => readFileSync(file, 'utf8').includes('vi.mock(')),
);
/** The others share loaded modules, since loading takes longer than most of these tests. */
const shared = { isolate: false, unstubEnvs: true };

// rules: pure folders, run under two time zones by `npm test`. questions: the library's own checks, also in `npm run
// check`. shell: the database on SQLite, and what depends on it.
// postgres: the same database tests on PostgreSQL, when TEST_POSTGRES_URL names a server where they may create
// databases. mocked: those of the shell that mock modules.
// Tests for one engine only are named `*.sqlite.test.ts` or `*.postgres.test.ts`.
// process: `npm start` as a process, on the production build. clean-folder: the steps before it where nothing is built.
export default defineConfig({
  test: {
    // Without this, one core stays idle: half of a machine with two.
    maxWorkers: availableParallelism(),
    globalSetup: 'db/testing/test-run.ts',
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'rules',
          include: [
            'scheduling/**/*.test.ts',
            'care/**/*.test.ts',
            'mail/**/*.test.ts',
            'components/**/*.test.{ts,tsx}',
          ],
          ...shared,
          // A thousand random cases take seconds on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        // A search over the whole library takes seconds on a busy machine.
        test: { ...shared, name: 'questions', include: ['questions/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        resolve: { alias },
        test: {
          name: 'shell',
          include: ['db/**/*.test.ts', 'workers/**/*.test.ts', 'app/**/*.test.{ts,tsx}', '*.test.ts'],
          exclude: [...configDefaults.exclude, '**/*.postgres.test.ts', ...mocking],
          ...shared,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          env: { DATABASE_URL: '' },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'mocked',
          include: mocking,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          env: { DATABASE_URL: '' },
        },
      },
      ...(postgres
        ? [
            {
              resolve: { alias },
              test: {
                name: 'postgres',
                include: ['db/**/*.test.ts', 'app/api/**/*.test.ts', 'auth.test.ts'],
                exclude: [...configDefaults.exclude, '**/*.sqlite.test.ts', ...mocking],
                ...shared,
                testTimeout: 30_000,
                hookTimeout: 30_000,
                env: { DATABASE_URL: postgres },
              },
            },
            {
              resolve: { alias },
              test: {
                name: 'postgres-mocked',
                include: ['auth.test.ts'],
                testTimeout: 30_000,
                hookTimeout: 30_000,
                env: { DATABASE_URL: postgres },
              },
            },
          ]
        : []),
      {
        resolve: { alias },
        test: {
          name: 'process',
          include: ['server/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...cleanFolder, ...(postgres ? [] : ['**/*.postgres.test.ts'])],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: { name: 'clean-folder', include: cleanFolder, testTimeout: 30_000, fileParallelism: false },
      },
    ],
    // Whole paths: a pattern would match anywhere in a path, and a clone may lie in a folder whose name ends like one
    // of these. notification-types.ts holds only types.
    coverage: {
      provider: 'v8',
      include: ['scheduling', 'care'].map((room) => `${path.resolve(room).replaceAll('\\', '/')}/**/*.ts`),
      exclude: ['**/*.test.ts', 'scheduling/notification-types.ts'],
      reporter: ['text'],
      thresholds: { branches: 100, lines: 100 },
    },
  },
});
