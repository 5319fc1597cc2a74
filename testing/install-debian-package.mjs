import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** Installs a Debian package, and returns whether that succeeded. Does nothing unless it runs as root with apt-get. */
export function installDebianPackage(name) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  console.log(`  no ${name} here; trying apt-get install ${name} …`);
  const options = { stdio: 'ignore', timeout: 240_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update'], options); // a new machine has no package lists yet
  return spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], options).status === 0;
}
