import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeUnused } from './remove-unused-packages.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fortnight-unused-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function install(file: string): void {
  mkdirSync(path.join(root, 'node_modules', path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, 'node_modules', file), '');
}
const isThere = (file: string) => existsSync(path.join(root, 'node_modules', file));

it.each([
  'playwright-core/index.js',
  '@img/sharp-linux-x64/lib/sharp.node',
  'next/dist/docs/index.md',
  'next/dist/compiled/react-dom-experimental/index.js',
  'next/dist/compiled/next-server/app-page-experimental.runtime.prod.js',
  'better-sqlite3/deps/sqlite3/sqlite3.c',
  'better-sqlite3/build/Release/obj.target/sqlite3.o',
  'better-sqlite3-13/prebuilds/another-system.node',
  'marked/lib/marked.esm.js.map',
])('removes %s, which no server reads', (file) => {
  install(file);
  removeUnused(root);
  expect(isThere(file)).toBe(false);
});

it.each([
  'next/dist/compiled/react-dom/index.js',
  'next/dist/compiled/next-server/app-page.runtime.prod.js',
  'better-sqlite3/build/Release/better_sqlite3.node',
  'better-sqlite3/lib/database.js',
  `better-sqlite3-13/prebuilds/${process.platform}-${process.arch}.node`,
  'zod/v4/index.js',
])('leaves %s, which is read', (file) => {
  install(file);
  removeUnused(root);
  expect(isThere(file)).toBe(true);
});

it('does nothing where nothing is installed', () => {
  expect(() => removeUnused(root)).not.toThrow();
});
