import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Reads the settings, and puts into the environment what the rest of the program takes from there. */
export function settle() {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  const host = process.env.HOST || '127.0.0.1';
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    refuse(`PORT must be a number from 0 to 65535, not "${process.env.PORT}".`);
  const dataDir = makeDataDir(path.resolve(process.env.DATA_DIR || 'data'));
  process.env.HOST = host;
  process.env.DATA_DIR = dataDir;
  process.env.AUTH_SECRET ||= keptSecret(path.join(dataDir, 'auth-secret'));
  process.env.NEXTAUTH_SECRET = process.env.AUTH_SECRET;
  return { host, port, dataDir };
}

/** Where people find the site. Known only once the port is: PORT=0 takes any free one. */
export function settleAddress(host, port) {
  const given = process.env.BASE_URL;
  if (given && !/^https?:$/.test(URL.canParse(given) ? new URL(given).protocol : ''))
    refuse(`BASE_URL must be an address such as https://massage.example, not "${given}".`);
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const baseUrl = (given || `http://${name}:${port}`).replace(/\/+$/, '');
  process.env.PORT = String(port);
  process.env.BASE_URL = baseUrl;
  process.env.NEXTAUTH_URL = baseUrl;
  return { baseUrl, isGuess: !given && everywhere };
}

/** An expected reason not to start: one plain line. */
export function refuse(line) {
  console.error(line);
  process.exit(1);
}

function makeDataDir(dataDir) {
  try {
    makeFolder(path.resolve(dataDir));
    const trial = path.join(dataDir, `.can-write-${process.pid}`);
    writeFileSync(trial, '');
    rmSync(trial);
    return dataDir;
  } catch (error) {
    refuse(
      `Fortnight cannot write to its data folder ${dataDir} (${error.code}). Set DATA_DIR to one it may write to.`,
    );
  }
}

// Not mkdir's own `recursive`: on Node 20 it never comes back from a folder that cannot be, such as one in /proc.
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

// Sessions and manage links are signed with it: a new one would break every link already sent.
function keptSecret(file) {
  try {
    if (!existsSync(file))
      writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length < 32) refuse(`${file} should hold a secret of 32 characters or more. Restore it from a backup.`);
    return secret;
  } catch (error) {
    refuse(`Fortnight cannot read its secret ${file} (${error.code}).`);
  }
}
