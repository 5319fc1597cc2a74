// npm run move-database -- --from file:… --to postgres://… (or the other way): every table, compared by row counts and
// checksums, all or nothing. Stop the server first, and start it on the new DATABASE_URL afterwards.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { exitWithMessage } from '../server/settings.ts';

const ROOT = path.dirname(import.meta.dirname);
const { from, to } = readArgs();
console.log(`Moving ${shown(from)} to ${shown(to)} …`);
const source = end('out', from, ['ignore', 'pipe', 'inherit']);
const target = end('in', to, ['pipe', 'inherit', 'inherit']);
source.stdout.pipe(target.stdin);
target.stdin.on('error', () => source.kill()); // the target refused, and has said why
const [read, written] = await Promise.all(
  [source, target].map((child) => new Promise((resolve) => child.once('close', resolve))),
);
if (read !== 0 || written !== 0) process.exit(1);
console.log(`Moved. Each table has the rows and the checksum of the source. Start with DATABASE_URL=${shown(to)}`);

function end(which, url, stdio) {
  const args = ['--import', 'tsx', path.join(ROOT, 'scripts', 'move-rows.mjs'), which];
  return spawn(process.execPath, args, { cwd: ROOT, stdio, env: { ...process.env, DATABASE_URL: url } });
}

function readArgs() {
  try {
    const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
    if (!values.from || !values.to) throw new Error('Say where from and where to.');
    const [from, to] = [values.from, values.to].map(checked);
    if (from === to) throw new Error('These are the same database.');
    if (from.startsWith('file:') && !existsSync(from.slice(5))) throw new Error(`There is no file ${from.slice(5)}.`);
    return { from, to };
  } catch (error) {
    return exitWithMessage(
      `${error.message}\nnpm run move-database -- --from file:data/fortnight.db --to postgres://…`,
    );
  }
}

function checked(url) {
  if (url.startsWith('file:')) return `file:${path.resolve(url.slice('file:'.length))}`;
  if (/^postgres(ql)?:\/\//.test(url)) return url;
  throw new Error(`A database is named file:… or postgres://…, not "${url.split(':')[0]}".`);
}

function shown(url) {
  return url.replace(/\/\/[^@/]*@/, '//');
}
