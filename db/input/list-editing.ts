import { createHash } from 'node:crypto';

/** What a form was filled from, in a word: where it is another by the time the form comes back, somebody was sooner. */
export function hashContent(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 16);
}

/** An id for a name, as it stands in addresses: plain letters, and a number where somebody has it already. */
export function makeIdFromName(name: string, usedIds: string[], fallback: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  const base = plain && plain !== 'any' && plain !== 'new' ? plain : fallback;
  if (!usedIds.includes(base)) return base;
  for (let next = 2; ; next++) if (!usedIds.includes(`${base}-${next}`)) return `${base}-${next}`;
}

/** In the order of their place, with one of them a step up or down. Null where there is no step to take. */
export function moveByOne(ids: string[], id: string, step: -1 | 1): string[] | null {
  const at = ids.indexOf(id);
  const other = ids[at + step];
  if (at === -1 || other === undefined) return null;
  const moved = [...ids];
  moved[at + step] = id;
  moved[at] = other;
  return moved;
}
