import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../server';

export const title =
  'a weak secret and open mail are refused at start, and a data folder that git would take in is warned of';

const SAFE: Record<string, string>[] = [
  {},
  { SMTP_URL: 'smtp://127.0.0.1:2525?ignoreTLS=true' },
  { SMTP_URL: 'smtps://user:word@mail.example:465' },
];
const UNSAFE: [settings: Record<string, string>, words: RegExp][] = [
  [{ AUTH_SECRET: 'letmein' }, /AUTH_SECRET is too short/],
  [{ AUTH_SECRET: 'x'.repeat(31) }, /AUTH_SECRET is too short/],
  [{ CARE_KEY: 'x'.repeat(31) }, /CARE_KEY is too short/],
  [{ CARE_KEY: `${'x'.repeat(40)} old` }, /CARE_KEY is too short/],
  [{ SMTP_URL: 'smtp://mail.example:25?ignoreTLS=true' }, /SMTP_URL switches encryption off/],
  [{ SMTP_URL: 'smtp://mail.example:25?IGNORETLS=true&ignoreTLS=TRUE' }, /SMTP_URL switches encryption off/],
  [{ SMTP_URL: 'smtp://mail.example:587?requireTLS=false' }, /SMTP_URL switches encryption off/],
  [{ SMTP_URL: 'smtp://mail.example:25?requireTLS=' }, /SMTP_URL switches encryption off/],
  [{ SMTP_URL: 'smtps://mail.example?tls.rejectUnauthorized=false' }, /SMTP_URL switches encryption off/],
  [{ SMTP_URL: 'http://mail.example' }, /SMTP_URL must be an address/],
];
const GIT_WARNING = /is in a folder under git, which does not ignore it/;

export async function attack(folder: string) {
  const start = async (more: Record<string, string>) => {
    const server = await startServer({ DATA_DIR: path.join(folder, 'data'), ...more });
    await server.end('SIGTERM');
    return server.output();
  };
  for (const settings of SAFE) {
    if (GIT_WARNING.test(await start(settings))) throw new Error('a folder outside of git is warned of');
  }
  for (const [settings, words] of UNSAFE) {
    const settingsText = JSON.stringify(settings);
    const output = await start(settings).then(
      () => null,
      (error: Error) => error.message,
    );
    if (output === null) throw new Error(`the server starts with ${settingsText}`);
    if (!words.test(output)) throw new Error(`with ${settingsText} the server says: ${output}`);
  }
  const tree = path.join(folder, 'tree');
  if (spawnSync('git', ['init', '--quiet', tree]).status !== 0) throw new Error('there is no git to make a tree with');
  const inTree = { DATA_DIR: path.join(tree, 'data') };
  if (!GIT_WARNING.test(await start(inTree))) throw new Error('clients’ data could be committed, and nobody is told');
  writeFileSync(path.join(tree, '.gitignore'), '*.db\nauth-secret\nactions-key\nerased.txt\n');
  if (!GIT_WARNING.test(await start(inTree)))
    throw new Error('the key of the health data could be committed, and nobody is told');
  writeFileSync(path.join(tree, '.gitignore'), 'data/\n');
  if (GIT_WARNING.test(await start(inTree))) throw new Error('a folder that git ignores is warned of');
}
