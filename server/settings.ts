import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseEnv } from 'node:util';
import { readTextGateway } from '../text-gateway-settings';

const SHORTEST_SECRET = 32;
const LOOPBACK = ['127.0.0.1', 'localhost', '::1', '[::1]'];

/** Reads the settings, and puts into the environment what the rest of the program reads from it. */
export function loadSettings(): { host: string; port: number; dataDir: string } {
  readEnvFile('.env');
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  const host = process.env.HOST || '127.0.0.1';
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    exitWithMessage(`PORT must be a number from 0 to 65535, not "${process.env.PORT}".`);
  const dataDir = makeDataDir(path.resolve(process.env.DATA_DIR || 'data'));
  warnOfOpenFolder(dataDir);
  process.env.HOST = host;
  process.env.DATA_DIR = dataDir;
  if (process.env.AUTH_SECRET && process.env.AUTH_SECRET.length < SHORTEST_SECRET)
    exitWithMessage(
      `AUTH_SECRET is too short to be safe: it signs sessions and links, and needs ${SHORTEST_SECRET} characters or more. ` +
        'Leave it out, and one is made and kept in DATA_DIR.',
    );
  refuseOpenMail(process.env.SMTP_URL);
  for (const name of ['MAIL_FROM', 'MAIL_REPLY_TO']) refuseNoAddress(name, process.env[name]);
  refuseBadTexts();
  process.env.AUTH_SECRET ||= readOrCreateSecret(path.join(dataDir, 'auth-secret'));
  process.env.NEXTAUTH_SECRET = process.env.AUTH_SECRET;
  settleCareKey(dataDir);
  return { host, port, dataDir };
}

/**
 * The key that decrypts the health data. The file may hold several, separated by spaces or line breaks: the first one
 * is used to encrypt.
 */
function settleCareKey(dataDir: string): void {
  const file = path.join(dataDir, 'care-key');
  const texts = (process.env.CARE_KEY || readOrCreateSecret(file)).split(/\s+/).filter(Boolean);
  if (texts.length > 0 && texts.every((text) => text.length >= SHORTEST_SECRET)) return;
  exitWithMessage(
    process.env.CARE_KEY
      ? `CARE_KEY is too short to be safe: it opens what clients say about their health, and needs ${SHORTEST_SECRET} characters or more, without spaces. Leave it out, and one is made and kept in DATA_DIR.`
      : `${file} should hold keys of ${SHORTEST_SECRET} characters or more, one a line. Restore it from a backup.`,
  );
}

/**
 * The key from which a build makes the names of its forms' actions. It is stored, so that a page opened before a new
 * build can still send its forms. It must exist before the build, because the server reads it from the build.
 */
export function loadActionKey(): string | undefined {
  readEnvFile('.env');
  if (process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY) return process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY;
  const dataDir = path.resolve(process.env.DATA_DIR || 'data');
  try {
    makeFolder(dataDir);
    return readOrMakeSecret(path.join(dataDir, 'actions-key'), 'base64');
  } catch {
    return undefined; // a build on a computer that does not serve: Next makes its own key
  }
}

// Some editors on Windows begin a file with a byte-order mark, which Node takes for part of the first name.
function readEnvFile(file: string): void {
  if (!existsSync(file)) return;
  const values = parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
}

/** E-mails say who is treated when, so they must be encrypted on their way to another computer. */
function refuseOpenMail(url: string | undefined): void {
  if (!url) return;
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol))
    exitWithMessage('SMTP_URL must be an address such as smtps://user:password@mail.example:465.');
  const { hostname, searchParams } = new URL(url);
  if (LOOPBACK.includes(hostname)) return;
  // The URL's own parameters win over our defaults, and any value but a plain yes, even an empty one, switches the
  // protection off.
  const isLeft = (name: string, safe: string) => searchParams.getAll(name).every((value) => value === safe);
  const isSafe = isLeft('requireTLS', 'true') && isLeft('tls.rejectUnauthorized', 'true');
  if (!isSafe || ['ignoreTLS', 'opportunisticTLS'].some((name) => searchParams.has(name)))
    exitWithMessage(
      `SMTP_URL switches encryption off on the way to ${hostname}. Use smtps://…:465, or smtp://…:587 without ignoreTLS, ` +
        'requireTLS and tls.rejectUnauthorized.',
    );
}

function refuseBadTexts(): void {
  try {
    readTextGateway();
  } catch (error) {
    exitWithMessage((error as Error).message);
  }
}

function refuseNoAddress(name: string, address: string | undefined): void {
  if (address && !/^[^\s@"<>(),;:\\[\]]+@[^\s@"<>(),;:\\[\]]+$/.test(address))
    exitWithMessage(`${name} must be one e-mail address such as hello@massage.example, without a name.`);
}

/** Where people find the site. Known only once the server listens: PORT=0 takes any free port. */
export function configureBaseUrl(host: string, port: number): { baseUrl: string; isGuess: boolean } {
  const configured = process.env.BASE_URL;
  if (configured) refuseBaseUrl(configured);
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const baseUrl = (configured || `http://${name}:${port}`).replace(/\/+$/, '');
  const isGuess = !configured && everywhere;
  process.env.PORT = String(port);
  process.env.BASE_URL = baseUrl;
  process.env.NEXTAUTH_URL = baseUrl;
  // A visitor on the same network uses one of these addresses, so forms are accepted from them too.
  process.env.FORTNIGHT_LAN_ORIGINS = isGuess ? listLanOrigins(port).join(' ') : '';
  return { baseUrl, isGuess };
}

function refuseBaseUrl(value: string) {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return exitWithMessage(`BASE_URL must be an address such as https://massage.example, not "${value}".`);
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username)
    exitWithMessage(
      `BASE_URL must end after the host, such as ${url.protocol}//${url.host}: Fortnight needs a host of its own.`,
    );
}

/** This computer's addresses on its networks. */
export function listLanOrigins(port: number): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => !address.internal && !('scopeid' in address && address.scopeid))
    .map(({ address, family }) => `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`);
}

/** An expected reason not to start: printed as one plain line, even if console output already goes to the log. */
export function exitWithMessage(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function makeDataDir(dataDir: string): string {
  try {
    makeFolder(path.resolve(dataDir));
    const probeFile = path.join(dataDir, `.can-write-${process.pid}`);
    writeFileSync(probeFile, '');
    rmSync(probeFile);
    return dataDir;
  } catch (error) {
    return exitWithMessage(
      `Fortnight cannot write to its data folder ${dataDir} (${codeOf(error)}). Set DATA_DIR to one it may write to.`,
    );
  }
}

/** In a folder under git, one "git add ." would put clients and the secret into the history. */
function warnOfOpenFolder(dataDir: string): void {
  if (!isInWorkTree(dataDir)) return;
  const isOpen = ['fortnight.db', 'auth-secret', 'care-key', 'actions-key', 'erased.txt'].some((name) => {
    const gitResult = spawnSync('git', ['-C', dataDir, 'check-ignore', '--quiet', path.join(dataDir, name)]);
    return gitResult.status === 1; // 1: not ignored. 0 is ignored, and anything else means that git could not be asked
  });
  if (!isOpen) return;
  console.error(
    `${dataDir} is in a folder under git, which does not ignore it: clients' data could be committed. ` +
      'Add it to .gitignore, or set DATA_DIR to a folder elsewhere.',
  );
}

function isInWorkTree(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return true;
    if (at === path.dirname(at)) return false;
  }
}

// Not mkdir's own `recursive`: on Node 20 it never returns for a folder that cannot exist, such as one in /proc.
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

// Made only where the file is missing. A new secret in place of one that cannot be read would break every link already
// sent, or lock the health data for good.
function readOrCreateSecret(file: string): string {
  try {
    const secret = readOrMakeSecret(file, 'base64url');
    if (secret.length < SHORTEST_SECRET)
      exitWithMessage(
        `${file} should hold a secret of ${SHORTEST_SECRET} characters or more. Restore it from a backup.`,
      );
    return secret;
  } catch (error) {
    return exitWithMessage(`Fortnight cannot read its secret ${file} (${codeOf(error)}).`);
  }
}

function readOrMakeSecret(file: string, encoding: BufferEncoding): string {
  if (!existsSync(file)) {
    try {
      writeFileSync(file, `${randomBytes(32).toString(encoding)}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error; // another process created it a moment earlier
    }
  }
  return readFileSync(file, 'utf8').trim();
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
