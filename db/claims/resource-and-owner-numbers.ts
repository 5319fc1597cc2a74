import { inArray, like, max, type SQL, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { createPlaceholders, preparedQuery } from '@/db/connection/prepared-queries';
import { type ClaimKind, claims, holds, resources } from '@/db/schema';

// What a claim is made of: the numbers of a resource and of an owner. Nobody else needs to know them.

export const therapistResourceName = (id: string) => `therapist:${id}`;
export const roomResourceName = (id: string) => `room:${id}`;

// Both are primes. The migrations compute the same: whoever changes a number here has to write it there anew.
const OWNERS = 2 ** 31 - 1;
const HOLDS = 2 ** 47 - 115;
const FIRST_HOLD = 2 ** 31;

/**
 * The number of whoever claims: of 31 bits, so that a cell stays small. Two ids may have the same, and so it is asked
 * for only together with a resource and a time. Those of holds are longer, since a hold is found by it.
 */
export function computeOwnerNumber({ kind, ownerUid }: { kind: ClaimKind; ownerUid: string }): number {
  return kind === 'hold' ? computeHoldOwnerNumber(ownerUid) : numberFrom(ownerUid, OWNERS);
}

export function computeHoldOwnerNumber(name: string): number {
  return FIRST_HOLD + numberFrom(name, HOLDS);
}

function numberFrom(text: string, below: number): number {
  let number = 0;
  for (const character of text) number = (number * 31 + character.codePointAt(0)!) % below;
  return number;
}

/** The numbers of these resources, by name; one that has none yet gets it. */
export async function getOrCreateResourceNumbers(tx: Db, names: string[]): Promise<Map<string, number>> {
  for (;;) {
    const numbers = await listResourceNumbers(tx, names);
    const unknown = names.filter((name) => !numbers.has(name));
    if (unknown.length === 0) return numbers;
    const [found] = await tx.select({ last: max(resources.number) }).from(resources);
    const next = (found?.last ?? 0) + 1;
    // On PostgreSQL another may just have given this number: then it is asked again, and the next is free.
    await tx
      .insert(resources)
      .values(unknown.map((name, at) => ({ name, number: next + at })))
      .onConflictDoNothing();
  }
}

const selectResources = preparedQuery((on, count: number) => {
  return on
    .select()
    .from(resources)
    .where(inArray(resources.name, createPlaceholders(count)));
});

/** Of those that have one: of the others nothing was ever claimed. */
export async function listResourceNumbers(db: Db, names: string[]): Promise<Map<string, number>> {
  const found = await selectResources(db, names, names.length);
  return new Map(found.map(({ name, number }) => [name, number]));
}

/** The number of a resource, within a query. */
export function resourceNumberSubquery(name: string): SQL<number> {
  return sql`(select ${resources.number} from ${resources} where ${resources.name} = ${name})`;
}

/** Is a claim one of a therapist's time? */
export const therapistClaimCondition = sql`${claims.resource} in (select ${resources.number} from ${resources} where ${like(resources.name, therapistResourceName('%'))})`;

/** Is a claim one of a hold that is named so? A LIKE pattern such as `offerHoldName('%')`. */
export function holdNameCondition(pattern: string): SQL {
  return sql`${claims.expiresAt} is not null and ${claims.owner} in (select ${holds.owner} from ${holds} where ${like(holds.name, pattern)})`;
}
