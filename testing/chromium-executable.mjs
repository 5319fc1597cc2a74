import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { getNpmCommand } from '../scripts/bootstrap.mjs';

const require = createRequire(import.meta.url);
/** Debian's build without a window: the journeys take a third less time with it. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';
const ON_THE_SYSTEM = [
  HEADLESS_SHELL,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const FROM_NPM = '@sparticuz/chromium@147.0.2';

/** An installed Chromium: from CHROMIUM_PATH, the system, or Playwright. */
export function findChromium() {
  const own = require('@playwright/test').chromium.executablePath();
  return [process.env.CHROMIUM_PATH, ...ON_THE_SYSTEM, own].find((file) => file && existsSync(file));
}

/** An installed Chromium. If there is none, one is fetched from Playwright, the system's packages, or npm. */
export async function getChromium() {
  const playwright = path.join(path.dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  const ways = [
    // Only on a CI machine, which exists for the tests alone.
    () => {
      if (process.env.CI !== 'true' || process.env.CHROMIUM_PATH || process.getuid?.() !== 0) return;
      if (existsSync(HEADLESS_SHELL) || !existsSync('/usr/bin/apt-get')) return;
      run('apt-get', ['install', '-y', '--no-remove', '--no-install-recommends', 'chromium-headless-shell']);
    },
    () => run(process.execPath, [playwright, 'install', 'chromium']),
    () => {
      if (process.getuid?.() !== 0) return;
      run('apt-get', ['update']); // a new machine has no package lists yet
      run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    },
  ];
  for (const fetchOne of ways) {
    fetchOne();
    const found = findChromium();
    if (found) return found;
  }
  return fromNpm();
}

async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-chromium-'));
  run(...getNpmCommand(['install', '--prefix', folder, '--no-save', FROM_NPM]));
  const entry = path.join(folder, 'node_modules', '@sparticuz', 'chromium', 'build', 'esm', 'index.mjs');
  if (!existsSync(entry)) return undefined;
  const { default: chromium } = await import(pathToFileURL(entry).href);
  return chromium.executablePath();
}

function run(command, args) {
  console.log(`  looking for a Chromium: trying ${path.basename(command)} ${args.slice(-2).join(' ')} …`);
  spawnSync(command, args, { stdio: 'ignore', timeout: 240_000 });
}
