import { describe, expect, it, vi } from 'vitest';
import { errorText, formatLogLine, logThrottled, maskPersonalData } from './log';

describe('a log line', () => {
  it('is one JSON object with its time, whatever characters it holds', () => {
    const line = formatLogLine('error', 'request_failed', { message: 'two\nlines "quoted"', status: 500 }, 0);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      level: 'error',
      event: 'request_failed',
      message: 'two\nlines "quoted"',
      status: 500,
    });
  });

  it.each([
    ['mail to ana@example.org was refused', 'mail to (address) was refused'],
    ['550 <ana+m@example.co.uk> unknown', '550 <(address)> unknown'],
    ['connect postgres://who:hunter2@db.example/x', 'connect postgres://(secret)@db.example/x'],
    ['GET /manage/kT9xkT9xkT9xkT9xkT9xkT9xkT9xkT9xkT9xkT9xkT9', 'GET /manage/(key)'],
    ['GET /feeds/kT9xkT9xkT9xkT9xkT9xkT9xkT9xkT9xkT9xkT9xkT9.ics', 'GET /feeds/(key).ics'],
    ['call 01 555 0142 or +353 1 555 0142', 'call (number) or (number)'],
    ['on 2026-12-01 01 555 0142 called', 'on 2026-12-01 (number) called'],
    ['2026-12-01 2026-12-02 +353 1 555 0142', '2026-12-01 2026-12-02 (number)'],
    ['01.555.0142, 06.12.34.56.78 and 1.415.555.0142', '(number), (number) and (number)'],
    ['3.1 01.555.0142 or +353.1.555.0142 or (01) 555.0142.', '3.1 (number) or (number) or (number).'],
    ['GET /manage?email=ana%40example.org', 'GET (address)'],
    ['twice encoded: ana%2540example.org', 'twice encoded: (address)'],
    ['ana＠example.org', '(address)'],
    ['refused 203.0.113.9:587, and 203.0.113.9.', 'refused 203.0.113.(host):587, and 203.0.113.(host).'],
    ['from 2001:db8:1:2::9 or [2001:DB8::1]:443', 'from 2001:db8:(host) or [2001:DB8:(host)]:443'],
    ['from ::ffff:203.0.113.9', 'from ::ffff:203.0.113.(host)'],
    ['at fe80::1%eth0, 2001:db8:0:0:0:0:0:7', 'at fe80:(host)%eth0, 2001:db8:(host)'],
  ])('masks personal data in "%s"', (words, masked) => expect(maskPersonalData(words)).toBe(masked));

  it('leaves out the parameters of a failed query', () => {
    const words = 'Failed query: select "id" from "clients" where "name" = $1\nparams: Ana Costa,my knee\nhurts';
    const failed = new Error(words);
    expect(errorText(failed)).toContain('Failed query: select');
    expect(errorText(failed)).toContain('log.test.ts');
    expect(errorText(new Error(words, { cause: new Error('disk I/O error') }))).toContain('disk I/O error');
    expect(errorText(words)).toContain('Failed query');
    for (const error of [failed, words, new Error(words, { cause: 'x' })])
      expect(errorText(error)).not.toMatch(/Ana|knee|hurts/);
  });

  it('leaves out words of the message that look like a stack frame', () => {
    const words = 'Failed query: select 1\nparams: Ana\n    at night (my knee hurts)\n    at rest too';
    expect(errorText(new Error(words))).not.toMatch(/Ana|knee|night|rest too/);
    expect(errorText(new Error(words))).toContain('log.test.ts');
    expect(errorText(words)).not.toMatch(/Ana|knee|night|rest too/);
  });

  it('keeps days, codes and ids readable', () => {
    const id = '08760dc2-74b9-4fcf-b608-0e1c77f3f6b9';
    expect(maskPersonalData(`mail ${id}`)).toBe(`mail ${id}`);
    expect(maskPersonalData('2026-12-01: SQLITE_BUSY after 5000 ms')).toBe('2026-12-01: SQLITE_BUSY after 5000 ms');
  });

  it.each([
    'connect ECONNREFUSED 127.0.0.1:5432',
    'connect ECONNREFUSED ::1:5432, listen EADDRINUSE :::3000',
    'next 16.4.5, chrome 131.0.6778.86, windows 10.0.19045.5247, protocol 1.2.3.456.7',
    'took 12.5 ms of 1234.567 ms at 10:30:00, 01.12.2026 and 2026.12.01',
    'at /srv/app/db/client.ts:120:17 and 2026-12-01 10:00:00.000',
    'std::vector, a ratio of 1:2:3, 50%, 100%4',
  ])('keeps "%s" readable', (words) => expect(maskPersonalData(words)).toBe(words));

  it.each([
    ['numbers with dots', '11.'],
    ['numbers after a plus', '+1.'],
    ['numbers in brackets', '(1)11 '],
    ['dates', '2026-12-01 '],
    ['IPv4 without an end', '1.1.1.'],
    ['IPv6 without an end', 'a:'],
    ['IPv6 of zeros', '::'],
    ['encoded addresses', 'a%40'],
    ['encodings of encodings', '%25'],
    ['addresses without an end', 'a@'],
    ['digits and brackets', '1 ('],
    ['schemes', 'x://'],
    ['keys', 'aB3-'],
    ['parameters', '\nparams: '],
    ['spaces', ' '],
  ])('masks a megabyte of %s quickly', (_, piece) => {
    const words = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const began = performance.now();
    formatLogLine('error', 'request_failed', { error: errorText(words), again: words }, 0);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('drops half an address where it cuts the text', () => {
    const masked = maskPersonalData(`${'x '.repeat(3_993)}written to ana.costa@example.org and more`);
    expect(masked).not.toContain('ana');
    expect(maskPersonalData('a@b@example.org')).toBe('(address)');
  });
});

it('logs an event that strangers can cause once in ten seconds, and then how often it happened', () => {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
  for (let k = 0; k < 500; k++) logThrottled('warn', 'flood', { limit: 'reads' }, 1_000_000 + k);
  logThrottled('warn', 'flood', { limit: 'bookings' }, 1_000_500);
  logThrottled('warn', 'flood', { limit: 'reads' }, 1_020_000);
  vi.restoreAllMocks();
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'flood', limit: 'reads' },
    { event: 'flood', limit: 'bookings' },
    { event: 'flood', limit: 'reads', more: 499 },
  ]);
});
