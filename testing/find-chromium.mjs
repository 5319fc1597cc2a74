import { findChromium } from './chromium.mjs';

process.stdout.write(findChromium() ?? '');
