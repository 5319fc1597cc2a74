import { once } from 'node:events';
import http from 'node:http';
import { createFormClient, readHiddenFields, submitForm } from '../form-client';
import { startServer } from '../server';

export const title = 'the demo signs nobody in who comes through a proxy or by another name';

const PROXY_HEADERS = [
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Real-IP',
  'CF-Connecting-IP',
  'True-Client-IP',
  'Forwarded',
  'Via',
];

export async function attack(folder: string) {
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '' });
  try {
    const isOpen = async (headers: Record<string, string>) => {
      const page = await fetch(`${server.address}/sign-in`, { headers });
      return (await page.text()).includes('As owner');
    };
    if (!(await isOpen({}))) throw new Error('the sign-in is closed to this computer as well');
    for (const name of PROXY_HEADERS) {
      if (await isOpen({ [name]: '203.0.113.9' })) throw new Error(`${name}: the sign-in is open`);
      const metrics = await fetch(`${server.address}/metrics`, { headers: { [name]: '203.0.113.9' } });
      if (metrics.status !== 404) throw new Error(`${name}: the metrics are open`);
    }
    // The sign-in press itself, which once made anybody an owner: the form is read from this computer, and sent as if
    // from elsewhere.
    const form = await readHiddenFields(createFormClient(server.address), '/sign-in', 'role');
    const isLetInBy = async (headers: Record<string, string>) => {
      const sender = createFormClient(server.address, headers);
      await submitForm(sender, '/sign-in', [...form, ['role', 'owner']]);
      return [...sender.cookies.keys()].some((name) => name.endsWith('session-token'));
    };
    if (!(await isLetInBy({}))) throw new Error('the press lets nobody in from here either');
    for (const name of PROXY_HEADERS)
      if (await isLetInBy({ [name]: '203.0.113.9' })) throw new Error(`${name}: the press let somebody in`);
    const other = await statusUnder(server.address, 'massage.example');
    if (other !== 421) throw new Error(`another host was answered ${other}`);
  } finally {
    await server.end('SIGTERM');
  }
  await openToTheWorld(folder);
}

/** With a public address, the demo starts only when it is told to. */
async function openToTheWorld(folder: string) {
  const output = await startServer({ DATA_DIR: folder, BASE_URL: 'https://massage.example' }).then(
    async (server) => {
      await server.end('SIGTERM');
      return null;
    },
    (error: Error) => error.message,
  );
  if (output === null) throw new Error('a demo starts under a public address without being told to');
  if (!/set DEMO=1/.test(output)) throw new Error(`under a public address the demo says: ${output}`);
}

/** fetch cannot be given another Host header than the address has, so this uses `http`. */
async function statusUnder(address: string, host: string): Promise<number | undefined> {
  const request = http.get(`${address}/sign-in`, { headers: { Host: host } });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  answer.resume();
  return answer.statusCode;
}
