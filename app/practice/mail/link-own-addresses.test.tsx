import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { linkOwnAddresses } from './link-own-addresses';

const site = 'http://127.0.0.1:3000';
const linked = (words: string) => renderToStaticMarkup(linkOwnAddresses(words, site));

it('makes links of the addresses of this site', () => {
  expect(linked(`Confirm:\n${site}/manage/confirm/abc\nor ${site}/book`)).toBe(
    'Confirm:\n<a href="http://127.0.0.1:3000/manage/confirm/abc">http://127.0.0.1:3000/manage/confirm/abc</a>\nor <a href="http://127.0.0.1:3000/book">http://127.0.0.1:3000/book</a>',
  );
});

it.each([
  'https://evil.example/book',
  'http://127.0.0.1:3000.evil.example/book',
  'http://127.0.0.1:30001/book',
  'javascript:alert(1)',
])('leaves %s as text', (address) => {
  expect(linked(`See ${address} now`)).toBe(`See ${address} now`);
});

it('keeps an address of several slashes on this site', () => {
  expect(linked(`${site}//evil.example`)).not.toContain('href="//');
});
