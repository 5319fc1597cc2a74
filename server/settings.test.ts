import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LOADER = ['--import', pathToFileURL(path.resolve('node_modules/tsx/dist/loader.mjs')).href];
const settings = path.resolve('server/settings.ts');

/** The resulting settings in a folder with this `.env`. */
function settled(file: string, host = '127.0.0.1'): Record<string, string> {
  writeFileSync(path.join(folder, '.env'), file);
  const script = `import { loadSettings, configureBaseUrl } from ${JSON.stringify(settings)};
    const { host, port } = loadSettings(); configureBaseUrl(host, port); console.log(JSON.stringify(process.env));`;
  const env = {
    NODE_ENV: 'production' as const,
    PATH: process.env.PATH ?? '',
    DATA_DIR: path.join(folder, 'data'),
    HOST: host,
  };
  const output = execFileSync(process.execPath, [...LOADER, '--input-type=module', '-e', script], { cwd: folder, env });
  return JSON.parse(String(output));
}

it('54 a .env that begins with a byte-order mark keeps its first line', () => {
  expect(settled('\uFEFFPORT=4100\nDEMO=0\n')).toMatchObject({ PORT: '4100', DEMO: '0' });
});

it('the environment wins over the file', () => {
  expect(settled('HOST=0.0.0.0\n')).toMatchObject({ HOST: '127.0.0.1' });
});

it('52 listening on every network without BASE_URL takes forms from this computer by its own addresses', () => {
  const { BASE_URL, FORTNIGHT_LAN_ORIGINS } = settled('PORT=4100\n', '0.0.0.0');
  expect(BASE_URL).toBe('http://127.0.0.1:4100');
  for (const origin of FORTNIGHT_LAN_ORIGINS!.split(' ').filter(Boolean)) {
    expect(origin).toMatch(/^http:\/\/(\d+(\.\d+){3}|\[[\da-f:]+\]):4100$/);
    expect(origin).not.toContain('127.0.0.1');
  }
});

it('no such addresses are taken once BASE_URL is given', () => {
  const settings = settled('BASE_URL=https://massage.example/\n', '0.0.0.0');
  expect(settings).toMatchObject({ BASE_URL: 'https://massage.example', FORTNIGHT_LAN_ORIGINS: '' });
});

it('warns of a data folder that git would commit, and of no other', () => {
  const tree = path.join(folder, 'tree');
  execFileSync('git', ['init', '--quiet', tree]);
  const warned = (dataDir: string) => {
    const script = `import { loadSettings } from ${JSON.stringify(settings)}; loadSettings();`;
    const env = { NODE_ENV: 'production' as const, PATH: process.env.PATH ?? '', DATA_DIR: dataDir };
    return spawnSync(process.execPath, [...LOADER, '--input-type=module', '-e', script], {
      cwd: folder,
      env,
    }).stderr.toString();
  };
  expect(warned(path.join(tree, 'data'))).toMatch(/is in a folder under git, which does not ignore it/);
  writeFileSync(path.join(tree, '.gitignore'), 'data/\n');
  expect(warned(path.join(tree, 'data'))).toBe('');
  expect(warned(path.join(folder, 'elsewhere'))).toBe('');
});

it.each(['MAIL_FROM', 'MAIL_REPLY_TO'])('%s is one e-mail address, or nothing starts', (name) => {
  expect(settled(`${name}=desk@massage.example\n`)).toMatchObject({ [name]: 'desk@massage.example' });
  for (const wrong of ['The desk <desk@massage.example>', 'a@x.example,b@y.example', 'desk'])
    expect(() => settled(`${name}="${wrong}"\n`)).toThrow(new RegExp(`${name} must be one e-mail address`));
});
