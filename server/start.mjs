// Starts the server from the build's JavaScript (scripts/bootstrap.mjs), a third faster than from its TypeScript. With
// `--dev` it starts from the TypeScript.
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const ROOT = path.dirname(import.meta.dirname);
const compiled = path.join(ROOT, process.env.NEXT_DIST_DIR || '.next', 'fortnight-server.mjs');

// V8 lets its heap grow to as much as four times what is alive before it collects. At 1.6 times, and with a young
// generation of 24 MB instead of 48, the server holds less for as much of the processor's time; with 12 MB a search
// takes a seventh longer (docs/scaling.md). The second can be set on the command line only: `npm start` does, with
// `--max-semi-space-size=8`.
setFlagsFromString('--heap-growing-percent=60');

process.chdir(ROOT);
if (process.argv.includes('--dev')) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
} else if (existsSync(compiled)) {
  await import(pathToFileURL(compiled).href);
} else {
  console.error('Fortnight is not built yet. "npm start" builds it and starts it.');
  process.exit(1);
}
