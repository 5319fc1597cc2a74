import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { sizes } from './e2e/sizes';

// Journeys run on the production build (npm start builds it), each run on a database of its own. Playwright reads
// this file again in every worker: what must be the same for all is decided once and kept in the environment.
process.env.E2E_DATA_DIR ??= mkdtempSync(path.join(tmpdir(), 'fortnight-e2e-'));
process.env.E2E_PORT ??= '3210';
process.env.CHROMIUM_PATH ??= execFileSync(process.execPath, ['testing/find-chromium.mjs'], { encoding: 'utf8' });

const address = `http://127.0.0.1:${process.env.E2E_PORT}`;
const phone = { ...devices['Pixel 7'], viewport: sizes.phone, deviceScaleFactor: 2 };
const desktop = { ...devices['Desktop Chrome'], viewport: sizes.desktop };

export default defineConfig({
  testDir: 'e2e',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: 'list',
  use: {
    baseURL: address,
    locale: 'en-IE',
    timezoneId: 'Europe/Dublin',
    // A journey that fails says what its page held at the end. What it held at each step is kept with TRACE=1: that
    // takes a sixth of the processor's time.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
        '--disable-sync',
      ],
    },
  },
  // A journey runs at both sizes, and with "@no-script" in its name there too. Where the screen makes no difference to
  // what happens, it says "@one-size": it is walked on the phone, and looked at in both sizes (expectAccessible).
  projects: [
    { name: 'phone', use: phone, grepInvert: /@no-script-only|@desktop-only/ },
    { name: 'desktop', use: desktop, grepInvert: /@no-script-only|@phone-only|@one-size/ },
    { name: 'no-script', use: { ...phone, javaScriptEnabled: false }, grep: /@no-script/ },
  ],
  webServer: {
    command: 'node server/start.mjs',
    url: `${address}/api/v1/health`,
    timeout: 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 12_000 },
    stdout: 'ignore',
    stderr: 'pipe',
    env: {
      DATA_DIR: process.env.E2E_DATA_DIR,
      PORT: process.env.E2E_PORT,
      HOST: '127.0.0.1',
      BASE_URL: address,
      DATABASE_URL: process.env.E2E_DATABASE_URL ?? '',
      SMTP_URL: '',
      RATE_LIMITS: 'off',
    },
  },
});
