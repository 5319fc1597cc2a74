import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { parseSync } from 'oxc-parser';
import { expect, it } from 'vitest';

const ROOMS = ['app', 'browser', 'care', 'components', 'db', 'mail', 'questions', 'scheduling', 'server', 'workers'];
/** A busy machine takes ten times as long as an idle one. A careless pattern practically never ends. */
const LIMIT_MS = 60_000;

interface Pattern {
  /** The file and line of the pattern. */
  place: string;
  pattern: string;
  flags: string;
}

// Text from outside reaches most patterns sooner or later, and nobody who writes one knows where it will be used.
it('no pattern takes long over ten thousand characters of any kind', { timeout: 300_000 }, async () => {
  const patterns = listSourceFiles().flatMap(listPatterns);
  expect(patterns.length).toBeGreaterThan(200);
  expect((await findSlow(patterns)).map(({ place, pattern }) => `${place}: ${pattern}`)).toEqual([]);
});

it('a pattern with catastrophic backtracking is found', { timeout: 60_000 }, async () => {
  const slow = { place: 'here', pattern: String.raw`^(\w+\s?)+$`, flags: '' };
  const quick = { place: 'there', pattern: String.raw`^\w+$`, flags: 'u' };
  expect(await findSlow([quick, slow, quick], 1_000)).toEqual([slow]);
});

function listSourceFiles(): string[] {
  const inRooms = ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => path.join(room, file)),
  );
  return [...inRooms, ...readdirSync('.')].filter(
    (file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file) && !file.includes('testing'),
  );
}

function listPatterns(file: string): Pattern[] {
  const source = readFileSync(file, 'utf8');
  const found: Pattern[] = [];
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    const { regex, start } = node as { regex?: { pattern: string; flags: string }; start?: number };
    if (regex) found.push({ ...regex, place: `${file}:${source.slice(0, start).split('\n').length}` });
    else for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(file, source).program);
  return found;
}

/**
 * Runs the patterns and returns those that took longer than the limit; each of those is stopped, and the rest continue.
 */
async function findSlow(patterns: Pattern[], limitMs = LIMIT_MS): Promise<Pattern[]> {
  const slow: Pattern[] = [];
  let next = 0;
  while (next < patterns.length) {
    const at = await workFrom(patterns, next, limitMs);
    if (patterns[at]) slow.push(patterns[at]);
    next = at + 1;
  }
  return slow;
}

/** Resolves with the index of the pattern at which it was stopped, or the number of patterns. */
function workFrom(patterns: Pattern[], first: number, limitMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.resolve('testing/slow-pattern-worker.mjs'), { workerData: patterns });
    let timer: NodeJS.Timeout | undefined;
    let current = first;
    const end = (at: number) => {
      clearTimeout(timer);
      worker.terminate().then(() => resolve(at), reject);
    };
    worker.on('error', reject);
    worker.on('message', ({ at }: { at: number }) => {
      clearTimeout(timer);
      current = at;
      if (at === patterns.length) end(at);
      else timer = setTimeout(() => end(current), limitMs);
    });
    worker.postMessage(first);
  });
}
