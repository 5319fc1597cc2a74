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
  it('takes a text as it is', async () => {
    expect(await send(gateway())).toEqual({ ok: true });
    expect(fake.accepted).toEqual([{ to: text.to, body: text.body, reportUrl: null, ...other }]);
  });

  it('is tried again where it cannot now, and ours to fix where it refuses who we are', async () => {
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

  it('that is nowhere has taken nothing', async () => {
    await fake.close();
    expect(await send(gateway())).toMatchObject({ ok: false, isFinal: false, mayHaveArrived: false });
  });
});

it('a text service says in plain words that a number is none', async () => {
  fake.answer = () => ({ status: 400, body: { code: 21211, message: `The 'To' number ${text.to} is not valid` } });
  const outcome = await send(twilio());
  expect(outcome).toMatchObject({ ok: false, isFinal: true });
  expect(JSON.stringify(outcome)).not.toContain('353');
});

it('a text service that refuses a text for a reason we do not know says nothing of its number', async () => {
  fake.answer = () => ({ status: 400, body: { code: 99999 } });
  expect(await send(twilio())).toMatchObject({ ok: false, isFinal: false, isOver: true, isOurs: false });
});

it('the phone never means the number', async () => {
  fake.answer = () => ({ status: 400 });
  expect(await send(android())).toMatchObject({ ok: false, isFinal: false, isOurs: true });
});

it('takes no name for a messaging service', () => {
  const acceptsReplies = (from: string) =>
    canReceiveTextReplies({ ...(twilio() as Extract<TextGateway, { way: 'twilio' }>), from });
  expect(['MG Massage', `MG${'a1'.repeat(16)}`, '+353861'].map(acceptsReplies)).toEqual([false, true, true]);
  expect(['MG Massage', `MG${'a1'.repeat(16)}`].map(isTwilioMessagingServiceId)).toEqual([false, true]);
});

it('a text service that hangs up may have taken it', async () => {
  fake.answer = () => 'take_and_hang_up';
  expect(await send(twilio())).toMatchObject({ ok: false, mayHaveArrived: true, error: 'The gateway did not answer.' });
});

it('the phone is asked whether it has it, and sends it once', async () => {
  fake.answer = () => 'take_and_hang_up';
  expect(await send(android())).toMatchObject({ ok: false, mayHaveArrived: false });
  expect(await send(android())).toEqual({ ok: true });
  expect(fake.accepted).toHaveLength(1);
});

it('the phone that has it and could not send it is not believed to have sent it', async () => {
  expect(await send(android())).toEqual({ ok: true });
  fake.state = 'Failed';
  expect(await send(android())).toMatchObject({ ok: false, isOver: true, error: 'The phone could not send it.' });
  expect(fake.accepted).toHaveLength(1);
});

it('a text service is told where to report', async () => {
  const reportUrl = 'https://massage.example/texts/incoming?text=a&tried=1';
  await sendText(twilio(), { ...text, reportUrl }, mail);
  expect(fake.accepted).toMatchObject([{ reportUrl }]);
});

it('goes as an e-mail to the number, through the mail server', async () => {
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
