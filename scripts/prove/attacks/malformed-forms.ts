import { bookingRequestBody, dayFromToday, openings, requestApi } from '../api-client';
import { createFormClient, type FormClient, fetchPage, readHiddenFields, submitForm } from '../form-client';
import { startServer } from '../server';

export const title = 'time off for nobody takes nothing, cut tokens open nothing, and no two pages share a nonce';

const PAGES = ['/sign-in', '/manage', '/questions', '/book?type=swedish&minutes=60&step=you', '/practice/time-off'];
const DAYS = 30;

export async function attack(folder: string) {
  const server = await startServer({ DATA_DIR: folder });
  const { address } = server;
  try {
    const from = dayFromToday(60);
    const { body } = await requestApi('GET', `${address}/api/v1/therapists`);
    const therapists = body.therapists as { id: string; services: string[] }[];
    const freeTimes = async () => {
      const entry = therapists.map(({ id, services }) =>
        openings(address, from, 7, { therapist: id, service: services[0]! }),
      );
      return (await Promise.all(entry)).map((found) => found.length).join();
    };
    const [owner, therapist] = [await signIn(address, 'owner'), await signIn(address, 'therapist')];
    const page = `/practice/time-off?who=mira&from=${from}&until=${dayFromToday(60 + DAYS)}&kind=leave`;
    const before = await freeTimes();
    const malformed: [FormClient, Record<string, string>][] = [
      [owner, { who: 'nobody' }],
      [owner, { who: '' }],
      [owner, { who: 'mira,tom' }],
      [owner, { kind: 'holiday' }],
      [owner, { kind: 'constructor' }],
      [therapist, { who: 'aoife' }],
      [therapist, { who: 'everyone' }],
    ];
    for (const [sender, wrong] of malformed) {
      const form = new Map([...(await readHiddenFields(sender, page, 'until')), ...Object.entries(wrong)]);
      const { status } = await submitForm(sender, page, form);
      if (status >= 500) throw new Error(`time off with ${JSON.stringify(wrong)} is answered ${status}`);
      const after = await freeTimes();
      if (after !== before) throw new Error(`time off with ${JSON.stringify(wrong)} took time: ${before} to ${after}`);
    }
    await submitForm(owner, page, await readHiddenFields(owner, page, 'until'));
    if ((await freeTimes()) === before) throw new Error('a straight form takes no time either: this proves nothing');

    for (const where of PAGES) {
      const nonces = [
        await nonceOf(owner, where),
        await nonceOf(owner, where),
        await nonceOf(createFormClient(address), where),
      ];
      if (new Set(nonces).size < nonces.length) throw new Error(`${where} shares its nonce`);
    }
    await sendCutTokens(address);
    const serverOutput = server.output();
    if (/mira|aoife|una\.cole|Quixote|a{40}/i.test(serverOutput.replaceAll(folder, '')))
      throw new Error('the log names people');
  } finally {
    await server.end('SIGTERM');
  }
}

/** A form reads 200 characters of a token: an emoji across that border is cut in the middle. */
async function sendCutTokens(address: string) {
  const [free] = await openings(address, dayFromToday(45), 14, { therapist: 'mira' });
  if (!free) throw new Error('Mira has no time to be booked');
  const client = { name: 'Una Quixote', email: 'una.cole@example.org' };
  const request = { ...bookingRequestBody({ therapist: 'mira', starts: [free.startsAt] }), client };
  const { body } = await requestApi('POST', `${address}/api/v1/series`, request, {
    'Idempotency-Key': 'malformed-forms',
  });
  const [booked] = body.appointments ?? [];
  if (!booked || !body.manageToken) throw new Error('nothing could be booked');
  const page = `/manage/${body.manageToken}/cancel?uid=${booked.uid}`;
  const sender = createFormClient(address);
  const form = await readHiddenFields(sender, page, 'token');
  for (const token of [`${'a'.repeat(199)}😀`, `${body.manageToken.slice(0, 42)}😀`]) {
    const { status, leadsTo } = await submitForm(sender, page, new Map([...form, ['token', token]]));
    const led = leadsTo ? await fetchPage(sender, new URL(leadsTo, address).pathname) : { status };
    if (led.status !== 404)
      throw new Error(`a token cut in an emoji is answered ${status}, and leads to ${led.status}`);
  }
  for (const cut of ['%F0%9F', '%ED%A0%BD', `${'a'.repeat(41)}%F0%9F%98%80`]) {
    const { status } = await fetchPage(sender, `/manage/${cut}`);
    if (status !== 404 && status !== 400) throw new Error(`/manage/${cut} is answered ${status}`);
  }
}

async function signIn(address: string, role: string): Promise<FormClient> {
  const sender = createFormClient(address);
  await submitForm(sender, '/sign-in', [...(await readHiddenFields(sender, '/sign-in', 'role')), ['role', role]]);
  return sender;
}

async function nonceOf({ address, cookies }: FormClient, page: string): Promise<string> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(address + page, { redirect: 'manual', headers: { Cookie: cookie } });
  const [, nonce] = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '') ?? [];
  if (!nonce) throw new Error(`${page} has no nonce`);
  return nonce;
}
