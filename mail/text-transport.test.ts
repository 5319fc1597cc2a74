import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canReceiveTextReplies, isTwilioMessagingServiceId, type TextGateway } from '@/text-gateway-settings';
import { openTestInbox } from './test-inbox';
import { openTestTextGateway, type TextGatewayForTests } from './test-text-gateway';
import { sendText } from './text-transport';

let fake: TextGatewayForTests;
beforeEach(async () => {
  fake = await openTestTextGateway();
});
afterEach(() => fake.close());

const account = { user: 'AC1', password: 'secret' };
const twilio = (): TextGateway => ({
  way: 'twilio',
  url: `http://127.0.0.1:${fake.port}`,
  ...account,
  from: '+353861',
});
const android = (): TextGateway => ({
  way: 'android',
  url: `http://127.0.0.1:${fake.port}`,
  ...account,
  signingKey: '',
});
const text = {
  id: 'b7a7b6f0-0000-4000-8000-000000000000',
  to: '+353861234567',
  body: 'Come & see: 5 €',
  reportUrl: null,
};
const mail = { smtpUrl: '', messageId: '<a@b.example>', from: { name: '', address: 'desk@fortnight.example' } };
const send = (gateway: TextGateway) => sendText(gateway, text, mail);

describe.each([
  ['a text service', twilio, { from: '+353861', id: null }],
  ['the phone', android, { from: null, id: text.id }],
])('%s', (_name, gateway, other) => {
  it('accepts a text unchanged', async () => {
    expect(await send(gateway())).toEqual({ ok: true });
    expect(fake.accepted).toEqual([{ to: text.to, body: text.body, reportUrl: null, ...other }]);
  });

  it('is tried again after a 503, while a 404 or a refused password is for us to fix', async () => {
    fake.answer = () => ({ status: 503 });
    expect(await send(gateway())).toMatchObject({ ok: false, isFinal: false, isOurs: false, mayHaveArrived: false });
    fake.answer = () => ({ status: 404 });
    expect(await send(gateway())).toMatchObject({ ok: false, isFinal: false, isOurs: true });
    const { user: _, ...rest } = gateway() as Extract<TextGateway, { way: 'twilio' }>;
    const refused = await send({ ...rest, user: 'other' });
    expect(refused).toMatchObject({
      ok: false,
      isOurs: true,
      error: 'The gateway does not take our user and password.',
    });
  });

  it('that cannot be reached has accepted nothing', async () => {
    await fake.close();
    expect(await send(gateway())).toMatchObject({ ok: false, isFinal: false, mayHaveArrived: false });
  });
});

it('reports a number that a text service rejects as final, without repeating it', async () => {
  fake.answer = () => ({ status: 400, body: { code: 21211, message: `The 'To' number ${text.to} is not valid` } });
  const outcome = await send(twilio());
  expect(outcome).toMatchObject({ ok: false, isFinal: true });
  expect(JSON.stringify(outcome)).not.toContain('353');
});

it('gives a text up, but not its number, where a text service refuses it for an unknown reason', async () => {
  fake.answer = () => ({ status: 400, body: { code: 99999 } });
  expect(await send(twilio())).toMatchObject({ ok: false, isFinal: false, isOver: true, isOurs: false });
});

it('never blames the number for a refusal by the phone', async () => {
  fake.answer = () => ({ status: 400 });
  expect(await send(android())).toMatchObject({ ok: false, isFinal: false, isOurs: true });
});

it('accepts no name as the id of a messaging service', () => {
  const acceptsReplies = (from: string) =>
    canReceiveTextReplies({ ...(twilio() as Extract<TextGateway, { way: 'twilio' }>), from });
  expect(['MG Massage', `MG${'a1'.repeat(16)}`, '+353861'].map(acceptsReplies)).toEqual([false, true, true]);
  expect(['MG Massage', `MG${'a1'.repeat(16)}`].map(isTwilioMessagingServiceId)).toEqual([false, true]);
});

it('counts a text as possibly accepted where a text service hangs up', async () => {
  fake.answer = () => 'take_and_hang_up';
  expect(await send(twilio())).toMatchObject({ ok: false, mayHaveArrived: true, error: 'The gateway did not answer.' });
});

it('asks the phone whether it already has a text, and sends it only once', async () => {
  fake.answer = () => 'take_and_hang_up';
  expect(await send(android())).toMatchObject({ ok: false, mayHaveArrived: false });
  expect(await send(android())).toEqual({ ok: true });
  expect(fake.accepted).toHaveLength(1);
});

it('does not count a text as sent where the phone has it but could not send it', async () => {
  expect(await send(android())).toEqual({ ok: true });
  fake.state = 'Failed';
  expect(await send(android())).toMatchObject({ ok: false, isOver: true, error: 'The phone could not send it.' });
  expect(fake.accepted).toHaveLength(1);
});

it('tells a text service where to report', async () => {
  const reportUrl = 'https://massage.example/texts/incoming?text=a&tried=1';
  await sendText(twilio(), { ...text, reportUrl }, mail);
  expect(fake.accepted).toMatchObject([{ reportUrl }]);
});

it('sends a text as an e-mail to the number, through the mail server', async () => {
  const inbox = await openTestInbox();
  try {
    const gateway: TextGateway = { way: 'mail', address: 'NUMBER@texts.example' };
    expect(await sendText(gateway, text, { ...mail, smtpUrl: inbox.url })).toEqual({ ok: true });
    const [received] = inbox.received;
    expect(received?.recipients).toEqual(['353861234567@texts.example']);
    expect(received?.mail.text?.trim()).toBe(text.body);
    expect(received?.mail.html).toBe(false);
  } finally {
    await inbox.close();
  }
});
