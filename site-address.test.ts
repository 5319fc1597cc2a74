import { afterEach, describe, expect, it, vi } from 'vitest';
import { isFromThisComputer, listensOnLoopback, ownOrigins, safeRedirectPath } from './site-address';

afterEach(() => vi.unstubAllEnvs());

describe('the page after signing in', () => {
  it.each([
    ['/practice/calendar', '/practice/calendar'],
    ['/practice/calendar?on=2026-12-01#now', '/practice/calendar?on=2026-12-01#now'],
    ['http://127.0.0.1:3000/practice/mail', '/practice/mail'],
    ['http://localhost:3000', '/'],
    ['/a/../practice', '/practice'],
  ])('accepts %s', (address, path) => {
    expect(safeRedirectPath(address, '/home')).toBe(path);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,hi',
    'https://evil.example/',
    'http://127.0.0.1:3000.evil.example/',
    'http://127.0.0.1:3000@evil.example/',
    'http://127.0.0.1:4000/',
    'practice',
    '/x\r\nSet-Cookie: a=b',
    `/${'x'.repeat(3000)}`,
    '',
    undefined,
    null,
    ['/practice'],
    { toString: () => '/practice' },
  ])('refuses %j', (address) => {
    expect(safeRedirectPath(address, '/home')).toBe('/home');
  });
});

describe('the origins of this site', () => {
  it('are the three names of this computer while BASE_URL is one of them', () => {
    vi.stubEnv('BASE_URL', 'http://localhost:3100/');
    expect(ownOrigins()).toEqual(['http://127.0.0.1:3100', 'http://localhost:3100', 'http://[::1]:3100']);
  });

  it('52 include this computer’s network addresses while it listens on all networks without BASE_URL', () => {
    vi.stubEnv('BASE_URL', 'http://127.0.0.1:3100');
    vi.stubEnv('FORTNIGHT_LAN_ORIGINS', 'http://192.168.1.4:3100');
    expect(ownOrigins()).toContain('http://192.168.1.4:3100');
    expect(ownOrigins()).not.toContain('http://192.168.1.5:3100');
  });

  it('are BASE_URL alone once the site has a host name', () => {
    vi.stubEnv('BASE_URL', 'https://massage.example');
    expect(ownOrigins()).toEqual(['https://massage.example']);
  });
});

it('listens on loopback unless HOST says otherwise', () => {
  for (const [host, expected] of [
    ['', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['192.168.1.4', false],
  ] as const) {
    vi.stubEnv('HOST', host);
    expect(listensOnLoopback()).toBe(expected);
  }
});

describe('a request from this computer', () => {
  const own = { 'x-fortnight-address': '127.0.0.1', 'x-fortnight-direct': '1', host: 'localhost:3000' };

  it('names this computer everywhere: server, site, request and connection', () => {
    expect(isFromThisComputer(new Headers(own))).toBe(true);
  });

  it.each([
    ['through a proxy', { 'x-fortnight-direct': '0' }],
    ['from another computer', { 'x-fortnight-address': '203.0.113.7' }],
    ['under a public name', { host: 'massage.example' }],
  ])('is not recognized %s', (_, changed) => {
    expect(isFromThisComputer(new Headers({ ...own, ...changed }))).toBe(false);
  });

  it.each([
    ['HOST', '0.0.0.0'],
    ['BASE_URL', 'https://massage.example'],
  ])('is not recognized where %s is %s', (name, value) => {
    vi.stubEnv(name, value);
    expect(isFromThisComputer(new Headers(own))).toBe(false);
  });
});
