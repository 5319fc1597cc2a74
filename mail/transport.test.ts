import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderMessage } from './render-message';
import { openTestInbox, type TestInbox } from './test-inbox';
import { makeTestAppointment, makeTestSeries, testPractice } from './test-notifications';
import { sendEmail } from './transport';

const NOW = Date.UTC(2026, 10, 24, 9);
const envelope = {
  messageId: '<one@fortnight.example>',
  to: 'ana@example.org',
  from: { name: 'Fortnight Massage', address: 'hello@fortnight.example' },
};
const message = (clientName = 'Ana Costa', count = 1) =>
  renderMessage(
    { kind: 'booked', audience: 'client', practice: testPractice, series: makeTestSeries(count, { clientName }) },
    {},
    NOW,
    envelope.to,
  );

let inbox: TestInbox;
beforeEach(async () => {
  inbox = await openTestInbox();
});
afterEach(() => inbox.close());

describe('an e-mail that arrives', () => {
  it.each([1, 8])('has text, HTML, and a separate calendar object for each of %i dates', async (count) => {
    expect(await sendEmail(inbox.url, envelope, message('Ana Costa', count))).toEqual({ ok: true });
    const [{ mail, raw } = { mail: undefined, raw: '' }] = inbox.received;
    expect(mail?.messageId).toBe(envelope.messageId);
    expect(mail?.from?.value).toEqual([{ address: 'hello@fortnight.example', name: 'Fortnight Massage' }]);
    expect([mail?.to].flat()[0]?.value).toEqual([{ address: 'ana@example.org', name: '' }]);
    expect(mail?.text).toContain('Mira Kovač');
    expect(mail?.html).toContain('Mira Kovač');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(raw).toMatch(/text\/calendar; charset=utf-8; method=REQUEST/i);
    const files = mail?.attachments.filter((attachment) => /calendar|ics/.test(attachment.contentType)) ?? [];
    const events = files.map((file) => {
      const calendar = new ICAL.Component(ICAL.parse(file.content.toString('utf8')));
      return calendar.getAllSubcomponents('vevent').map((part) => String(part.getFirstPropertyValue('uid')));
    });
    expect(events.map((uids) => uids.length)).toEqual(events.map(() => 1));
    expect([...new Set(events.flat())]).toEqual(makeTestSeries(count).appointments.map(({ uid }) => uid));
  });

  it.each([1, 8])('brings the logo of its practice with %i dates, and loads nothing', async (count) => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
    const practice = { ...testPractice, mark: { type: 'image/png', base64: png.toString('base64') } };
    const series = makeTestSeries(count);
    const marked = renderMessage({ kind: 'booked', audience: 'client', practice, series }, {}, NOW, envelope.to);
    expect(marked.html).toContain('<img src="cid:mark" alt=""');
    expect(marked.html).not.toMatch(/src="(?!cid:)|aria-hidden/);
    expect(await sendEmail(inbox.url, envelope, marked)).toEqual({ ok: true });
    const { attachments } = inbox.received[0]!.mail;
    const logo = attachments.find(({ cid }) => cid === 'mark');
    expect(logo).toMatchObject({ contentType: 'image/png', contentDisposition: 'inline', related: true });
    expect(logo?.content.equals(png)).toBe(true);
    expect(attachments.filter(({ contentType }) => contentType === 'text/calendar').length).toBeGreaterThanOrEqual(
      count,
    );
  });

  it('carries the same Message-ID when it is sent again', async () => {
    await sendEmail(inbox.url, envelope, message());
    await sendEmail(inbox.url, envelope, message());
    expect(inbox.received.map((mail) => mail.mail.messageId)).toEqual([envelope.messageId, envelope.messageId]);
  });

  it('has no header or recipient that was smuggled in by a name', async () => {
    const evil = 'Ana\r\nBcc: eve@evil.example\r\n\r\n<script>';
    const subject = 'Booked\r\nBcc: eve@evil.example\nX-Evil: 1';
    const from = { ...envelope.from, name: 'Fortnight\r\nBcc: eve@evil.example' };
    expect(await sendEmail(inbox.url, { ...envelope, from }, { ...message(evil), subject })).toEqual({ ok: true });
    const [received] = inbox.received;
    expect(received?.recipients).toEqual(['ana@example.org']);
    expect(received?.mail.bcc).toBeUndefined();
    expect(received?.mail.headerLines.map((headerLine) => headerLine.key)).not.toContain('x-evil');
  });
});

it('is not sent unencrypted to another computer, but waits for a server that encrypts', async () => {
  // The same server under an address that is not recognized as this computer.
  const elsewhere = inbox.url.replace('127.0.0.1', '127.1');
  expect(elsewhere).not.toBe(inbox.url);
  expect(await sendEmail(elsewhere, envelope, message())).toMatchObject({
    ok: false,
    isFinal: false,
    error: expect.stringMatching(/STARTTLS/i),
  });
  expect(inbox.received).toHaveLength(0);
});

it.each([
  'a@x.com,b@y.com',
  'a@x.com;b@y.com',
  'a@x.com b@y.com',
  '"a@evil.example"@good.example',
  'Ana <a@x.com>',
  'a@x.com\r\nRCPT TO:<b@y.com>',
  `${'a'.repeat(300)}@example.org`,
  '',
])('is given up at once, and sent to nobody, for the recipient %j', async (to) => {
  expect(await sendEmail(inbox.url, { ...envelope, to }, message())).toMatchObject({ ok: false, isFinal: true });
  expect(inbox.received).toHaveLength(0);
});

describe('a mail server', () => {
  it('that does not know the recipient ends the attempts', async () => {
    inbox.refuseRecipients = 550;
    expect(await sendEmail(inbox.url, envelope, message())).toMatchObject({ ok: false, isFinal: true });
  });

  it.each([
    [550, '5.7.1 Not allowed to send'],
    [552, '5.2.2 Mailbox full'],
    [552, 'Mailbox full'],
    [554, '5.7.1 Blocked by policy'],
  ])('37 that refuses the recipient with %i %s may accept it later', async (code, words) => {
    inbox.refuseRecipients = code;
    inbox.recipientWords = words;
    expect(await sendEmail(inbox.url, envelope, message())).toMatchObject({ ok: false, isFinal: false });
  });

  it.each(['5.1.1 No such mailbox', '5.1.1 User unknown, tell the sender', '<sender@example.org>: no such user here'])(
    '37 that reports a missing mailbox ends the attempts: %s',
    async (words) => {
      inbox.refuseRecipients = 550;
      inbox.recipientWords = words;
      expect(await sendEmail(inbox.url, envelope, message())).toMatchObject({ ok: false, isFinal: true });
    },
  );

  it.each([
    [550, 'Sender rejected'],
    [553, '5.7.1 Sender address rejected: not owned by user'],
    [553, '5.1.8 Bad sender'],
  ])('37 that refuses the sender with %i %s may accept it later', async (code, words) => {
    inbox.refuseSender = { code, words };
    const refused = { ok: false, isFinal: false, isOurs: true, mayHaveArrived: false };
    expect(await sendEmail(inbox.url, envelope, message())).toMatchObject(refused);
  });

  // Many servers report a problem with the sender only when they get the recipient.
  it.each([
    [550, '5.1.8 <hello@harbour.example>: Sender address rejected: Domain not found'],
    [553, '5.1.7 <hello@harbour.example>: Sender address rejected: bad syntax'],
    [550, '<hello@harbour.example>: Sender address rejected: Access denied'],
    [550, 'Relaying denied'],
    [553, '5.7.1 <hello@harbour.example>: Sender address rejected: not owned by user'],
  ])('37 that refuses the sender with %i %s at the recipient step may accept it later', async (code, words) => {
    inbox.refuseRecipients = code;
    inbox.recipientWords = words;
    const refused = { ok: false, isFinal: false, isOurs: true, mayHaveArrived: false };
    expect(await sendEmail(inbox.url, envelope, message())).toMatchObject(refused);
  });

  it('37 that refuses us by policy has not accepted the message, and the practice must fix it', async () => {
    inbox.answer = () => ({ code: 554, words: '5.7.1 Blocked by policy' });
    const refused = { ok: false, isOurs: true, mayHaveArrived: false };
    expect(await sendEmail(inbox.url, envelope, message())).toMatchObject(refused);
  });

  it.each([450, 452])('that answers %i for this recipient may accept it later', async (code) => {
    inbox.refuseRecipients = code;
    expect(await sendEmail(inbox.url, envelope, message())).toMatchObject({ ok: false, isFinal: false });
  });

  it.each([421, 451, 554])('that answers %i to the message may accept it later', async (code) => {
    inbox.answer = () => ({ code, words: 'Not now' });
    expect(await sendEmail(inbox.url, envelope, message())).toMatchObject({ ok: false, isFinal: false });
  });

  it('that hangs up or cannot be reached may accept it later', async () => {
    inbox.answer = () => 'hang up';
    const later = { ok: false, isFinal: false, isOurs: false };
    expect(await sendEmail(inbox.url, envelope, message())).toMatchObject({ ...later, mayHaveArrived: true });
    expect(await sendEmail('smtp://127.0.0.1:9', envelope, message())).toMatchObject({
      ...later,
      mayHaveArrived: false,
    });
  });
});

it('sends a move of one appointment as a calendar request', async () => {
  const moved = makeTestAppointment(1, { sequence: 2, movedFrom: makeTestAppointment(1).start - 3_600_000 });
  const series = makeTestSeries(1, { appointments: [moved] });
  const notification = {
    kind: 'moved',
    audience: 'client',
    practice: testPractice,
    series,
    changed: [moved.uid],
  } as const;
  await sendEmail(inbox.url, envelope, renderMessage({ ...notification, changed: [moved.uid] }, {}, NOW, envelope.to));
  expect(inbox.received[0]?.raw).toMatch(/method=REQUEST/);
});
