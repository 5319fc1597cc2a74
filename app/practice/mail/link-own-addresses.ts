import { createElement, Fragment, type ReactNode } from 'react';

/** The text with each address of this site (`site`: `https://massage.example`) as a link. Other addresses stay text. */
export function linkOwnAddresses(words: string, site: string): ReactNode {
  const parts = words.split(/(https?:\/\/[^\s>)]+)/);
  const link = (part: string) => (part.startsWith(`${site}/`) ? createElement('a', { href: part }, part) : part);
  return createElement(Fragment, null, ...parts.map(link));
}
