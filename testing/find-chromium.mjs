import { findChromium } from './chromium-executable.mjs';

process.stdout.write(findChromium() ?? '');
