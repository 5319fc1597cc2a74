import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** Whether it is there now. Tries it where that is allowed and Debian's packages can be had, and nowhere else. */
export function installDebianPackage(name) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  console.log(`  no ${name} here; trying apt-get install ${name} …`);
  const options = { stdio: 'ignore', timeout: 240_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update'], options); // a new machine knows no package yet
  return spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], options).status === 0;
}
