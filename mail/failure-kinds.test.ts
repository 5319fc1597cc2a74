import { describe, expect, it } from 'vitest';
import { classifyMailFailure } from './failure-kinds';
import { sendEmail } from './transport';

describe('the kind of a mail failure', () => {
  it.each([
    ['connect ECONNREFUSED 127.0.0.1:25', 'unreachable'],
    ['getaddrinfo ENOTFOUND mail.example.org', 'unreachable'],
    ['Connection timeout', 'unreachable'],
    ['Greeting never received', 'unreachable'],
    ['The mail server took too long.', 'unreachable'],
    ['Invalid login: 535 5.7.8 Error: authentication failed', 'password'],
    ['Missing credentials for "PLAIN"', 'password'],
    ['Mail command failed: 550 5.7.1 Sender address rejected', 'sender'],
    ["Can't send mail - all recipients were rejected: 550 5.1.1 no such user", 'recipient'],
    ['self-signed certificate', 'certificate'],
    ['certificate has expired', 'certificate'],
    ["Hostname/IP does not match certificate's altnames", 'certificate'],
    ['Error upgrading connection with STARTTLS', 'certificate'],
    ['Message failed: 554 no', 'other'],
  ])('%s: %s', (error, trouble) => {
    expect(classifyMailFailure(error)).toBe(trouble);
  });

  it('is recognized in the real error of a server that does not answer', async () => {
    const envelope = { messageId: 'a@b', to: 'a@example.org', from: { name: 'A', address: 'a@example.org' } };
    const message = { subject: 'A', text: 'A', html: 'A', calendars: [] };
    const sent = await sendEmail('smtp://127.0.0.1:1', envelope, message);
    if (sent.ok) throw new Error('It was sent to nobody.');
    expect(classifyMailFailure(sent.error)).toBe('unreachable');
  });
});
