import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bookingRequestBody, dayFromToday, openings, requestApi } from '../api-client';
import { createFormClient, type FormClient, fetchPage, readHiddenFields, submitForm } from '../form-client';
import { openMailServer } from '../mail-server';
import { ROOT, type Server, startServer } from '../server';

export const title = 'expired links and sessions open nothing, and the log names nobody';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BOOKED_IN_DAYS = 45;
const CLIENT = { name: 'Una Quixote', email: 'una.cole@example.org' };
const THERAPIST = 'tom@fortnight.example';
const WITHIN_MS = 15_000;

/** Starts the server again and again on the same data, with a clock that is further and further ahead. */
export async function attack(folder: string) {
  const mail = await openMailServer();
  const logs: string[] = [];
  const during = async <T>(aheadMs: number, work: (server: Server) => Promise<T>): Promise<T> => {
    const ahead = {
      NODE_OPTIONS: `--import ${path.join(ROOT, 'scripts', 'prove', 'clock.mjs')}`,
      CLOCK_AHEAD_MS: String(aheadMs),
    };
    const server = await startServer({ DATA_DIR: folder, SMTP_URL: mail.url, ...ahead });
    try {
      return await work(server);
    } finally {
      await server.end('SIGTERM');
      logs.push(server.output());
    }
  };
  try {
    const expired = await during(0, async ({ address }) => {
      const owner = createFormClient(address);
      await submitForm(owner, '/sign-in', [...(await readHiddenFields(owner, '/sign-in', 'role')), ['role', 'owner']]);
      if (!(await isIn(owner))) throw new Error('the owner of the demo cannot sign in');
      const [free] = await openings(address, dayFromToday(BOOKED_IN_DAYS), 7, { therapist: 'mira' });
      if (!free) throw new Error('Mira has no time to be booked');
      const request = { ...bookingRequestBody({ therapist: 'mira', starts: [free.startsAt] }), client: CLIENT };
      const { body } = await requestApi('POST', `${address}/api/v1/series`, request, { 'Idempotency-Key': 'old-keys' });
      const { uid, manageToken } = body as { uid: string; manageToken: string };
      if (!manageToken) throw new Error('nothing could be booked');
      const link = await askForLink(createFormClient(address), mail);
      return { cookies: owner.cookies, uid, manageToken, link };
    });
    const reach = async ({ address }: Server) => {
      const page = await fetchPage(createFormClient(address), `/manage/${expired.manageToken}`);
      const bearer = { Authorization: `Bearer ${expired.manageToken}` };
      const api = await requestApi('GET', `${address}/api/v1/series/${expired.uid}`, undefined, bearer);
      return { page, api };
    };

    await during(2 * HOUR, async ({ address }) => {
      const late = await spend(createFormClient(address), expired.link);
      if (late) throw new Error('a sign-in link of two hours ago lets somebody in');
      const fresh = createFormClient(address);
      if (!(await spend(fresh, await askForLink(fresh, mail)))) throw new Error('a fresh sign-in link lets nobody in');
    });
    await during(0, async ({ address }) => {
      const [first, second] = [createFormClient(address), createFormClient(address)];
      for (const sender of [first, second])
        await submitForm(sender, '/sign-in', [
          ...(await readHiddenFields(sender, '/sign-in', 'role')),
          ['role', 'therapist'],
        ]);
      if (!(await isIn(first)) || !(await isIn(second)))
        throw new Error('a therapist of the demo cannot sign in twice');
      await submitForm(first, '/api/auth/signout', [['everywhere', 'yes']]);
      if (await isIn(second)) throw new Error('signed out everywhere, another computer is still signed in');
    });
    const session = (server: Server): FormClient => ({
      ...createFormClient(server.address),
      cookies: new Map(expired.cookies),
    });
    for (const days of [15, 29]) {
      await during(days * DAY, async (server) => {
        if (!(await isIn(session(server)))) throw new Error(`a session of ${days} days lets nobody in`);
      });
    }
    await during(31 * DAY, async (server) => {
      if (await isIn(session(server))) throw new Error('a session of 31 days, used in between, still opens');
    });
    await during((BOOKED_IN_DAYS + 300) * DAY, async (server) => {
      const { page, api } = await reach(server);
      if (page.status !== 200 || api.status !== 200) throw new Error('a manage link ends before its year is over');
    });
    await during((BOOKED_IN_DAYS + 8 + 366) * DAY, async (server) => {
      const { page, api } = await reach(server);
      if (page.status !== 410) throw new Error(`a manage link of a year ago is answered ${page.status}`);
      if (api.status < 400) throw new Error(`its key is answered ${api.status} by the API`);
      if (page.text.includes(CLIENT.name)) throw new Error('the page of an ended link names its client');
      const madeUp = await fetchPage(createFormClient(server.address), `/manage/${'a'.repeat(43)}`);
      if (madeUp.status !== 404) throw new Error(`a made-up link is answered ${madeUp.status}`);
    });
    const secrets = [
      CLIENT.name,
      CLIENT.email,
      THERAPIST,
      expired.manageToken,
      expired.uid,
      ...expired.cookies.values(),
    ];
    const leaked = secrets.filter((secret) => secret.length > 3 && logs.join('').includes(secret));
    if (leaked.length > 0) throw new Error(`the log holds ${leaked.join(', ')}`);
    if (!/sign_in_link_refused/.test(logs.join(''))) throw new Error('the log says nothing of a refused link');
    return { starts: logs.length };
  } finally {
    await mail.down();
  }
}

async function isIn(sender: FormClient): Promise<boolean> {
  return (await fetchPage(sender, '/practice/mail')).text.includes('Signed in as');
}

async function askForLink(sender: FormClient, mail: Awaited<ReturnType<typeof openMailServer>>): Promise<string> {
  const before = mail.messages.length;
  await submitForm(sender, '/api/auth/signin/email', [
    ['email', THERAPIST],
    ['callbackUrl', ''],
  ]);
  for (const began = performance.now(); performance.now() - began < WITHIN_MS; await wait(100)) {
    for (const { to, text } of mail.messages.slice(before)) {
      const [, link] = (to === THERAPIST && /(\/sign-in\/confirm\?[^\s"<>]+)/.exec(decoded(text))) || [];
      if (link) return link;
    }
  }
  throw new Error('no sign-in link came');
}

/** Sends the form of the link's page, and returns whether that signed somebody in. */
async function spend(sender: FormClient, link: string): Promise<boolean> {
  const form = await readHiddenFields(sender, link, 'token');
  const body = [...form].filter(([name]) => ['token', 'email', 'callbackUrl'].includes(name)) as [string, string][];
  await submitForm(sender, '/api/auth/callback/email', body);
  return isIn(sender);
}

function decoded(message: string): string {
  if (!/quoted-printable/i.test(message)) return message;
  return message
    .replace(/=\r?\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
