import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { sizes } from './e2e/sizes';

// Journeys run on the production build (npm start builds it), and each run has a database of its own. Playwright reads
// this file again in every worker, so values that all must share are decided once and passed on in the environment.
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
    // A failed journey always reports its page's final content. TRACE=1 also records every step, which takes a sixth of
    // the processor's time.
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
  // A journey runs at both sizes; with "@no-script" in its title also without JavaScript. With "@one-size", for
  // behaviour that does not depend on the screen, it runs on the phone only, and expectAccessible checks its pages at
  // both sizes.
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
