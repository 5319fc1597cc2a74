import { describe, expect, it } from 'vitest';
import { practices } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { listEmbedOrigins, parseEmbedOrigins, saveEmbedOrigins } from './embed-origins';

const NOW = Date.UTC(2026, 10, 24, 9);
const owner = {
  role: 'owner',
  userId: 'ruth',
  email: 'owner@fortnight.example',
  name: 'R',
  therapistId: null,
} as const;
const database = setUpTestDatabase({ now: NOW });

it('names the whole line that is not an address, as it was typed', () => {
  expect(parseEmbedOrigins('https://club.example\nnot an address')).toEqual({
    ok: false,
    reason: 'invalid',
    message: '“not an address” is not the address of a site, like https://www.example.org.',
  });
});

describe('the sites that may show the standing times', () => {
  it.each([
    ['https://club.example', ['https://club.example']],
    ['HTTPS://Club.Example/', ['https://club.example']],
    ['https://club.example:443\nhttps://club.example', ['https://club.example']],
    ['https://a.example, https://b.example:8443', ['https://a.example', 'https://b.example:8443']],
    ['https://münchen.example', ['https://xn--mnchen-3ya.example']],
    ['http://localhost:8080 http://127.0.0.1:9', ['http://localhost:8080', 'http://127.0.0.1:9']],
    ['', []],
  ])('%j is read as %j', (text, origins) => {
    expect(parseEmbedOrigins(text)).toEqual({ ok: true, origins });
  });

  it.each([
    'http://club.example',
    'https://*.example',
    '*',
    'https:',
    "'self'",
    'club.example',
    'https://club.example/page',
    'https://club.example?x',
    'https://club.example#x',
    'https://user@club.example',
    'https://user:word@club.example',
    'https://club.example;script-src',
    "https://club.example'",
    'https://club.example%0d%0aX-Evil:1',
    'https://club..example',
    'https://[::1]',
    'data:text/html',
    'javascript:alert(1)',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'https://club.example\u0000',
    `https://${'a'.repeat(400)}.example`,
  ])('%j is refused', (text) => {
    expect(parseEmbedOrigins(text)).toMatchObject({ ok: false, reason: 'invalid' });
  });

  it('are refused as a whole when one line is wrong, and when there are too many', () => {
    expect(parseEmbedOrigins('https://club.example\nhttp://evil.example').ok).toBe(false);
    expect(parseEmbedOrigins(Array.from({ length: 21 }, (_, n) => `https://a${n}.example`).join('\n')).ok).toBe(false);
  });

  it('are empty until the owner lists one', async () => {
    expect(await listEmbedOrigins()).toEqual([]);
    await saveEmbedOrigins(owner, 'https://club.example\nhttps://run.example', NOW);
    expect(await listEmbedOrigins()).toEqual(['https://club.example', 'https://run.example']);
    expect((await saveEmbedOrigins(owner, '*', NOW)).ok).toBe(false);
    expect(await listEmbedOrigins()).toEqual(['https://club.example', 'https://run.example']);
    await saveEmbedOrigins(owner, '', NOW);
    expect(await listEmbedOrigins()).toEqual([]);
  });

  it('are empty when the database holds a text that no owner could have typed', async () => {
    const embedOrigins = "https://club.example; script-src 'unsafe-inline'";
    await database.write((tx) => tx.update(practices).set({ embedOrigins }));
    expect(await listEmbedOrigins()).toEqual([]);
  });
});
