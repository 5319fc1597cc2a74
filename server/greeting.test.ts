import { afterEach, expect, it, vi } from 'vitest';
import { buildGreeting } from './greeting';

const LOCAL = { host: '127.0.0.1', baseUrl: 'http://127.0.0.1:3000', isGuess: false };
const facts = {
  practice: undefined,
  ...LOCAL,
  lanOrigins: ['http://[fd00::1]:3000', 'http://192.168.1.20:3000'],
  dataDir: '/data',
};
const textOf = (more: Partial<Parameters<typeof buildGreeting>[0]> = {}) =>
  buildGreeting({ ...facts, ...more })
    .join(' ')
    .replace(/\s+/g, ' ');

afterEach(() => vi.unstubAllEnvs());

it('says how to set a practice up on a phone, which 127.0.0.1 does not reach, and that the code guards it', () => {
  vi.stubEnv('AUTH_SECRET', 'a secret for tests, and for nothing else');
  const text = textOf();
  expect(text).toContain('Set it up at http://127.0.0.1:3000/practice/setup with the code ');
  expect(text).toContain(
    'HOST=0.0.0.0 BASE_URL=http://192.168.1.20:3000 before it. Then open http://192.168.1.20:3000/practice/setup there.',
  );
  expect(text).toContain('Nobody sets it up without the code.');
  const everywhere = { host: '0.0.0.0', isGuess: true };
  expect(textOf(everywhere), 'signing in there asks for BASE_URL, too').toContain('BASE_URL=http://192.168.1.20:3000');
});

it('leaves the phone out when the address works on other devices or the practice is set up', () => {
  vi.stubEnv('AUTH_SECRET', 'a secret for tests, and for nothing else');
  for (const more of [
    { host: '0.0.0.0', baseUrl: 'http://192.168.1.20:3000' },
    { host: '127.0.0.1', baseUrl: 'https://massage.example' },
    { practice: { isDemo: false } },
  ])
    expect(textOf(more)).not.toContain('On a phone');
});
