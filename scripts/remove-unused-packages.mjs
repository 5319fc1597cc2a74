// Removes what npm installs for a server but nothing here uses. Plain Node runs this, before there are any packages.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Folders that no server needs, each with the reason why. A later `npm ci` brings them back. */
const FOLDERS = [
  // The tests' browser driver, an optional peer dependency of Next.
  ...['playwright', 'playwright-core'],
  // Next resizes pictures with it, and is told not to (`images.unoptimized` in next.config.js).
  ...['sharp', '@img'],
  // Documentation for people.
  'next/dist/docs',
  // For flags that next.config.js does not set.
  ...['react', 'react-dom', 'react-server-dom-turbopack', 'react-server-dom-webpack', 'scheduler'].map(
    (name) => `next/dist/compiled/${name}-experimental`,
  ),
  // The sources that the two are compiled from: by now they are compiled.
  ...['better-sqlite3', 'better-sqlite3-13'].flatMap((name) => [`${name}/deps`, `${name}/src`]),
  // Its TypeScript source.
  'zod/src',
];

/** Removes these folders from `root`, and source maps, which help only with a fault inside a package. */
export function removeUnused(root) {
  const packages = path.join(root, 'node_modules');
  for (const folder of FOLDERS) rmSync(path.join(packages, folder), { recursive: true, force: true });
  for (const file of filesUnder(packages)) if (isUnused(file)) rmSync(file, { force: true });
}

function isUnused(file) {
  if (/\.(js|mjs|cjs|ts|mts|cts|css)\.map$/.test(file)) return true;
  if (/[\\/]next-server[\\/][^\\/]*-experimental\.runtime\./.test(file)) return true;
  const [, prebuilt] = /better-sqlite3-13[\\/]prebuilds[\\/](.+)\.node$/.exec(file) || [];
  if (prebuilt) return prebuilt.replace('linuxmusl', 'linux') !== `${process.platform}-${process.arch}`;
  return /better-sqlite3[\\/]build[\\/].+\.(o|a|d)$/.test(file); // left over from compiling
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inside = path.join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(inside) : [inside];
  });
}
