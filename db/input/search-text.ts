import { cleanLine } from './clean-text';

// The text in which clients are found by letters of their name, part of their e-mail address, or digits of their
// number.

/** Lower case, without accents. */
export function foldSearchText(text: string): string {
  return cleanLine(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The search text of a client, stored in their row: `zoe ni bhriain zoe@example.org 353871234567`. */
export function buildClientSearchText(client: { name: string; email: string; phone: string | null }): string {
  const digits = (client.phone ?? '').split(';')[0]!.replace(/\D/g, '');
  return [foldSearchText(client.name), client.email.toLowerCase(), digits].filter(Boolean).join(' ');
}
