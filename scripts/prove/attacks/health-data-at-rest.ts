import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bookingRequestBody, dayFromToday, openings, requestApi } from '../api-client';
import { environment, ROOT, type Server, startServer } from '../server';

export const title = 'health words are kept with consent alone, and not after they were erased';

const EMAIL = 'una.cole@example.org';
const NAME = 'Una Quixote';
const UNASKED = 'Quartz shoulder';
const AGREED = 'Xylophone elbow';

/**
 * Sends a note without consent, and one with consent that must be readable in no file; then looks for an erased person
 * in every file, and in a restored backup.
 */
export async function attack(folder: string) {
  const env = { DATA_DIR: folder };
  const file = path.join(folder, 'fortnight.db');
  let serverOutput = '';
  const serve = async (work: (server: Server) => Promise<void>) => {
    const server = await startServer(env);
    try {
      await work(server);
    } finally {
      await server.end('SIGTERM');
      serverOutput += server.output();
    }
  };
  await serve(async ({ address }) => {
    const [free] = await openings(address, dayFromToday(100), 14, { therapist: 'mira' });
    if (!free) throw new Error('Mira has no time to be booked');
    const client = { name: NAME, email: EMAIL };
    const request = { ...bookingRequestBody({ therapist: 'mira', starts: [free.startsAt] }), client };
    const sendNote = (more: object, key: string) =>
      requestApi('POST', `${address}/api/v1/series`, { ...request, ...more }, { 'Idempotency-Key': key });

    for (const consent of [undefined, null, false, 'yes', 1]) {
      const { status } = await sendNote({ note: UNASKED, consent }, `without-consent-${consent}`);
      if (status !== 422) throw new Error(`a note with the consent ${consent} was answered ${status}`);
    }
    refuseWords(folder, [UNASKED, EMAIL, NAME], 'of a note without consent something is kept');

    const booked = await sendNote({ note: AGREED, consent: true }, 'with-consent');
    if (booked.status !== 201) throw new Error(`a note with consent was answered ${booked.status}`);
    if (!isKept(folder, EMAIL)) throw new Error('who booked is not to be found: this proves nothing');
    refuseWords(folder, [AGREED], 'the note that was agreed to can be read in the files');
    const exported = run(env, 'export', '--client', EMAIL);
    if (![NAME, EMAIL, AGREED].every((word) => exported.includes(word)))
      throw new Error('what is exported of a client leaves out what is kept of them');
    run(env, 'backup');
    run(env, 'erase', '--client', EMAIL, '--yes');
    refuseWords(folder, [AGREED, EMAIL, NAME], 'after they were erased, beside the server');
  });
  refuseWords(folder, [AGREED, EMAIL, NAME], 'after they were erased, with the server stopped');

  const backups = path.join(folder, 'backups');
  const backup = readdirSync(backups).find((name) => name.endsWith('.db'));
  if (!backup || !readFileSync(path.join(backups, backup), 'latin1').includes(EMAIL))
    throw new Error('the backup does not hold what was erased since: this proves nothing');
  run(env, 'restore', path.join(backups, backup));
  const files = [file, `${file}-wal`];
  const leftFiles = files.filter(
    (file) => existsSync(file) && hasAny(readFileSync(file, 'latin1'), [AGREED, EMAIL, NAME]),
  );
  if (leftFiles.length > 0)
    throw new Error(`the backup brought them back, in ${leftFiles.map((text) => path.basename(text))}`);
  await serve(async () => {});
  if (hasAny(serverOutput, [UNASKED, AGREED, EMAIL, NAME])) throw new Error('the log holds words of a client');
}

function refuseWords(folder: string, words: string[], when: string) {
  const found = words.filter((word) => isKept(folder, word));
  if (found.length > 0) throw new Error(`${when}: ${found.join(', ')}`);
}

/**
 * Whether a word is in any file of the data folder: the database, its WAL or another file. Backups are checked
 * separately.
 */
function isKept(folder: string, word: string): boolean {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.some(({ name }) => hasAny(readFileSync(path.join(folder, name), 'latin1'), [word]));
}

function hasAny(text: string, words: string[]): boolean {
  return words.some((word) => text.includes(word));
}

function run(env: Record<string, string>, script: string, ...args: string[]): string {
  const command = ['--import', 'tsx', `scripts/${script}.mjs`, ...args];
  const options = { cwd: ROOT, env: environment(env), encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
  if (status !== 0) throw new Error(`npm run ${script} ended with ${status}: ${stderr.trim()}`);
  return stdout;
}
