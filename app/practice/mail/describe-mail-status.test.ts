import { describe, expect, it } from 'vitest';
import { describeMailStatus } from './describe-mail-status';

const NOW = 1_000_000;
const fresh = { kind: 'reminder', state: 'waiting', sentAt: null, dueAt: NOW, attempts: 0, lastError: null } as const;
const format = (instant: number) => `at ${instant}`;
const titleOf = (mail: Partial<Parameters<typeof describeMailStatus>[0]>, hasMailServer = true) =>
  describeMailStatus({ ...fresh, ...mail }, { hasMailServer, now: NOW, format }).title;

describe('the status of an e-mail', () => {
  it('has words for each state', () => {
    expect(titleOf({})).toBe('Waiting');
    expect(titleOf({ dueAt: NOW + 5 })).toBe('To be sent at 1000005');
    expect(titleOf({ attempts: 2, dueAt: NOW + 9 })).toBe('Waiting, next try at 1000009');
    expect(titleOf({ state: 'sent', sentAt: NOW })).toBe('Sent at 1000000');
    expect(titleOf({ state: 'dead', attempts: 10 })).toBe('Gave up after 10 tries');
    expect(titleOf({ state: 'dropped' })).toBe('Not sent: out of date');
    expect(titleOf({ state: 'kept', dueAt: 0 })).toBe('Not sent: older than a day');
    expect(titleOf({ state: 'folded' })).toBe('Not sent by itself');
  });

  it('is "not sent" without a mail server, unless the e-mail was sent before', () => {
    expect(titleOf({}, false)).toBe('Not sent: no mail server is set');
    expect(titleOf({ state: 'sent', sentAt: NOW }, false)).toBe('Sent at 1000000');
    expect(titleOf({ state: 'dead', attempts: 1 }, false)).toBe('Gave up after 1 try');
  });

  it('gives the reason in the words of the mail server', () => {
    const status = describeMailStatus(
      { ...fresh, state: 'dead', attempts: 1, lastError: '550 no' },
      { hasMailServer: true, now: NOW, format },
    );
    expect(status).toMatchObject({ tone: 'bad', detail: 'The mail server said: 550 no' });
    const text = { ...fresh, kind: 'reminder_text', state: 'dead' as const, lastError: 'This number takes no texts.' };
    expect(describeMailStatus(text, { hasMailServer: true, now: NOW, format })).toMatchObject({
      detail: 'This number takes no texts.',
    });
  });
});
