import { createHash } from 'node:crypto';

/**
 * A hash of what a form was filled from. If it differs when the form comes back, somebody else has saved in between.
 */
export function hashContent(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 16);
}

/** An id for use in addresses: the name in plain letters, with a number if the id is in use already. */
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

/** The ids in order, with one of them moved one step up or down. Null if it cannot move further. */
export function moveByOne(ids: string[], id: string, step: -1 | 1): string[] | null {
  const at = ids.indexOf(id);
  const other = ids[at + step];
  if (at === -1 || other === undefined) return null;
  const moved = [...ids];
  moved[at + step] = id;
  moved[at] = other;
  return moved;
}
