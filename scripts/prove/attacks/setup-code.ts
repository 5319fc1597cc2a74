import { createFormClient, type FormClient, fetchPage, readHiddenFields, submitForm } from '../form-client';
import { startServer } from '../server';

export const title = 'nobody sets up a practice without its code, and nobody once there is one';

const PAGE = '/practice/setup';
const GUESSES = 10;

const ANSWERS: [screen: string, answers: Record<string, string>][] = [
  ['practice', { name: 'Harbour Massage', country: 'IE', timeZone: 'Europe/Dublin', phone: '', address: '' }],
  ['you', { ownerName: 'Ruth Keane', ownerEmail: 'ruth@harbour.example', ownerGives: 'yes', therapistName: '' }],
];

export async function attack(folder: string) {
  const server = await startServer({ DATA_DIR: folder, DEMO: '0', RATE_LIMITS: '', TRUST_PROXY: '1' });
  const from = (address: string) => createFormClient(server.address, { 'X-Forwarded-For': address });
  const isShown = async (sender: FormClient) => (await fetchPage(sender, PAGE)).text.includes('name="screen"');
  try {
    const code = /with the code (\S+),/.exec(server.output())?.[1];
    if (!code) throw new Error('no code was printed');

    const guesser = from('203.0.113.9');
    const form = await readHiddenFields(guesser, PAGE, 'code');
    for (let guess = 0; guess < GUESSES; guess += 1) {
      const answer = await submitForm(guesser, PAGE, new Map([...form, ['code', `0000-000${guess}`]]));
      if (answer.leadsTo || (await isShown(guesser))) throw new Error('a wrong code opens the set-up');
    }
    await submitForm(guesser, PAGE, new Map([...form, ['code', code]]));
    if (await isShown(guesser)) throw new Error(`after ${GUESSES} wrong codes the next one is still taken`);

    const owner = from('203.0.113.10');
    await submitForm(owner, PAGE, new Map([...(await readHiddenFields(owner, PAGE, 'code')), ['code', code]]));
    if (!(await isShown(owner))) throw new Error('the code opens nothing: this proves nothing');

    // A stranger sends the owner's own form, without the pass and with a made-up one.
    const screenForm = await readHiddenFields(owner, `${PAGE}?step=practice`, 'name');
    for (const pass of ['', 'made-up', code]) {
      const stranger = from('203.0.113.11');
      if (pass) stranger.cookies.set('fortnight-setup', pass);
      await submitForm(stranger, PAGE, new Map([...screenForm, ['name', 'Stolen Massage'], ['then', 'next']]));
      if (await isShown(stranger)) throw new Error('a stranger sees the set-up');
    }
    if ((await fetchPage(owner, `${PAGE}?step=practice`)).text.includes('Stolen'))
      throw new Error('a stranger wrote into it');

    const huge = 'x'.repeat(900_000);
    const refused = await submitForm(
      owner,
      PAGE,
      new Map([...screenForm, ['name', huge], ['address', huge.slice(0, 9)]]),
    );
    if (refused.status >= 500) throw new Error(`a huge answer is answered ${refused.status}`);
    const { text } = await fetchPage(owner, `${PAGE}?step=practice`);
    if (text.length > 500_000) throw new Error('a huge answer is kept');

    for (const [step, answers] of ANSWERS) {
      const fields = await readHiddenFields(owner, `${PAGE}?step=${step}`, Object.keys(answers)[0]!);
      await submitForm(owner, PAGE, [...fields, ...Object.entries(answers), ['then', 'next']]);
    }
    for (const step of ['massages', 'hours', 'room']) await sendAsShown(owner, step);

    // Two people with the code press the last button at the same moment.
    const other = from('203.0.113.12');
    other.cookies.set('fortnight-setup', owner.cookies.get('fortnight-setup') ?? '');
    const last = await readHiddenFields(owner, `${PAGE}?step=mail`, 'mailFrom');
    const policies = { cancelCutoffMinutes: '24', moveCutoffMinutes: '12', noticeMinutes: '2', windowDays: '400' };
    const rules = Object.entries({ ...policies, stepMinutes: '15' });
    const finish = [...last, ...rules, ['then', 'next']] as [string, string][];
    const ends = await Promise.all([owner, other].map((sender) => submitForm(sender, PAGE, finish)));
    const winners = ends.filter(({ leadsTo }) => leadsTo?.endsWith('/done'));
    if (winners.length !== 1)
      throw new Error(`${winners.length} of two made the practice: ${ends.map(({ leadsTo }) => leadsTo)}`);

    const late = from('203.0.113.13');
    await submitForm(late, PAGE, new Map([...form, ['code', code]]));
    late.cookies.set('fortnight-setup', other.cookies.get('fortnight-setup') ?? '');
    if (await isShown(late)) throw new Error('the code still opens the set-up once there is a practice');
    await submitForm(late, PAGE, new Map([...screenForm, ['name', 'Stolen Massage'], ['then', 'next']]));
    const home = await fetchPage(late, '/');
    if (!home.text.includes('Harbour Massage') || home.text.includes('Stolen'))
      throw new Error('the practice was changed');
    if (late.cookies.has('next-auth.session-token')) throw new Error('the code signs somebody in');
    if (server.output().includes('ruth@')) throw new Error('the log tells who the owner is');
  } finally {
    await server.end('SIGTERM');
  }
}

/** Sends a screen with the values of its fields, as a browser would. */
async function sendAsShown(owner: FormClient, step: string): Promise<void> {
  const { text } = await fetchPage(owner, `${PAGE}?step=${step}`);
  const form = text.match(/<form[\s\S]*?<\/form>/g)?.find((tag) => tag.includes('name="screen"')) ?? '';
  const value = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  const fields = (form.match(/<input[^>]*>/g) ?? [])
    .filter((tag) => !/type="(checkbox|radio)"/.test(tag) || / checked=""/.test(tag))
    .map((tag): [string, string] => [value(tag, 'name'), value(tag, 'value').replaceAll('&quot;', '"')]);
  await submitForm(owner, PAGE, [...fields.filter(([name]) => name), ['then', 'next']]);
}
