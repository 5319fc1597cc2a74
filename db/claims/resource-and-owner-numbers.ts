import { inArray, like, max, type SQL, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { createPlaceholders, preparedQuery } from '@/db/connection/prepared-queries';
import { type ClaimKind, claims, holds, resources } from '@/db/schema';

// The numbers of resources and owners that claims consist of. Only claims use them.

export const therapistResourceName = (id: string) => `therapist:${id}`;
export const roomResourceName = (id: string) => `room:${id}`;

// Both are primes. The migrations compute the same numbers: whoever changes one here must add a migration that
// recomputes them.
const OWNERS = 2 ** 31 - 1;
const HOLDS = 2 ** 47 - 115;
const FIRST_HOLD = 2 ** 31;

/**
 * The number of a claim's owner: 31 bits, so that a cell stays small. Two ids may share a number, so queries always add
 * a resource and a time. The numbers of holds are longer, because holds are found by number alone.
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

/** The numbers of these resources, by name; creates missing ones. */
export async function getOrCreateResourceNumbers(tx: Db, names: string[]): Promise<Map<string, number>> {
  for (;;) {
    const numbers = await listResourceNumbers(tx, names);
    const unknown = names.filter((name) => !numbers.has(name));
    if (unknown.length === 0) return numbers;
    const [found] = await tx.select({ last: max(resources.number) }).from(resources);
    const next = (found?.last ?? 0) + 1;
    // On PostgreSQL another transaction may just have used this number: then this asks again and takes the next.
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

/** Only of resources that have a number: of the others nothing was ever claimed. */
export async function listResourceNumbers(db: Db, names: string[]): Promise<Map<string, number>> {
  const found = await selectResources(db, names, names.length);
  return new Map(found.map(({ name, number }) => [name, number]));
}

/** The number of a resource, as a subquery. */
export function resourceNumberSubquery(name: string): SQL<number> {
  return sql`(select ${resources.number} from ${resources} where ${resources.name} = ${name})`;
}

/** Whether a claim is on a therapist's time. */
export const therapistClaimCondition = sql`${claims.resource} in (select ${resources.number} from ${resources} where ${like(resources.name, therapistResourceName('%'))})`;

/** Whether a claim belongs to a hold whose name matches a LIKE pattern, such as `offerHoldName('%')`. */
export function holdNameCondition(pattern: string): SQL {
  return sql`${claims.expiresAt} is not null and ${claims.owner} in (select ${holds.owner} from ${holds} where ${like(holds.name, pattern)})`;
}
