import { inArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { createPlaceholderCounter, preparedQuery } from '@/db/connection/prepared-queries';
import { sendTogether } from '@/db/connection/send-together';
import { CLAIM_KINDS, claims, resources } from '@/db/schema';
import { type BusyResources, CLAIM_GRAIN_MS, type TakenTime } from '@/scheduling/choose-resources';
import type { PlannedDate } from '@/scheduling/plan-booking';
import { getCellRange } from './claims';
import { computeOwnerNumber, roomResourceName, therapistResourceName } from './resource-and-owner-numbers';

/**
 * An owner whose claims are left out. Owners are compared by number (see `computeOwnerNumber`), so by a chance of one
 * in billions another owner's claims are left out too.
 */
export type ClaimOwner = Parameters<typeof computeOwnerNumber>[0];

/**
 * The cells already claimed in the times and resources these dates could use, except those of the given owners. Expired
 * holds do not count.
 */
export async function gatherBusyResources(
  tx: Db,
  dates: Pick<PlannedDate, 'padded' | 'therapistIds' | 'roomIds'>[],
  now: number,
  except: ClaimOwner[] = [],
): Promise<BusyResources> {
  const stretches = dates.map(({ padded }) => getCellRange(padded));
  const therapistIds = new Set(dates.flatMap((date) => date.therapistIds));
  const roomIds = new Set(dates.flatMap((date) => date.roomIds));
  const [taken, firstTaken] = await sendTogether([
    listTaken(tx, stretches, [...therapistIds].map(therapistResourceName), now, except),
    listFirstTaken(tx, stretches, [...roomIds].map(roomResourceName), now, except),
  ]);
  const therapists = new Map<string, TakenTime[]>();
  for (const { id, kind, first, last } of taken) {
    append(therapists, id, {
      start: first * CLAIM_GRAIN_MS,
      end: (last + 1) * CLAIM_GRAIN_MS,
      isTimeOff: kind === CLAIM_KINDS.time_off,
    });
  }
  const rooms = new Map<string, TakenTime[]>();
  for (const { id, cell } of firstTaken) {
    append(rooms, id, { start: cell * CLAIM_GRAIN_MS, end: (cell + 1) * CLAIM_GRAIN_MS, isTimeOff: false });
  }
  return { therapists, rooms };
}

type Cells = { first: number; last: number };

// Both queries look up each time range of each resource by the primary key. The two lists are joined as tables of
// values: a condition for each pair (12 dates x 50 rooms) would take longer to send and parse than to answer.
function listed(stretches: number, many: number): SQL {
  const param = createPlaceholderCounter();
  const spans = Array.from(
    { length: stretches },
    () => sql`(cast(${param()} as integer), cast(${param()} as integer))`,
  );
  const names = Array.from({ length: many }, () => param());
  return sql`spans(first_cell, last_cell) as (values ${sql.join(spans, sql`, `)}),
    ids(id, number) as materialized (
      select ${resources.name}, ${resources.number} from ${resources} where ${inArray(resources.name, names)}
    )`;
}

const valuesOf = (stretches: Cells[], resourceIds: string[], now: number, except: ClaimOwner[]) => {
  const places = [...stretches.flatMap(({ first, last }) => [first, last]), ...resourceIds];
  return {
    ...places,
    now,
    ...Object.fromEntries(except.map((owner, at) => [`except${at}`, computeOwnerNumber(owner)])),
  };
};
const isLive = sql`(${claims.expiresAt} is null or ${claims.expiresAt} > ${sql.placeholder('now')})`;
function counts(exceptions: number): SQL {
  const owners = Array.from({ length: exceptions }, (_, at) => sql.placeholder(`except${at}`));
  return owners.length === 0 ? isLive : sql`${isLive} and ${claims.owner} not in (${sql.join(owners, sql`, `)})`;
}

const selectTaken = preparedQuery((on, ranges: number, ids: number, exceptions: number) =>
  on
    .select({
      resourceId: sql<string>`id`,
      kind: sql<number>`kind`,
      first: sql<number>`least_cell`,
      last: sql<number>`most_cell`,
    })
    .from(
      sql`(with ${listed(ranges, ids)}
            select ids.id as id, claims.kind as kind, min(claims.cell) as least_cell, max(claims.cell) as most_cell
            from ids cross join spans cross join claims
            where claims.resource_id = ids.number and claims.cell between spans.first_cell and spans.last_cell
              and ${counts(exceptions)}
            group by ids.id, claims.owner, claims.kind) as taken`,
    ),
);

async function listTaken(tx: Db, stretches: Cells[], resourceIds: string[], now: number, except: ClaimOwner[]) {
  if (resourceIds.length === 0) return [];
  const found = await selectTaken(
    tx,
    valuesOf(stretches, resourceIds, now, except),
    stretches.length,
    resourceIds.length,
    except.length,
  );
  return found.map(({ resourceId, ...time }) => ({ id: idOf(resourceId), ...time }));
}

const selectFirstTaken = preparedQuery((on, ranges: number, ids: number, exceptions: number) =>
  on.select({ resourceId: sql<string>`id`, cell: sql<number>`cell` }).from(
    sql`(with ${listed(ranges, ids)}, firsts as materialized (
              select ids.id as id, (
                select claims.cell from claims
                where claims.resource_id = ids.number and claims.cell between spans.first_cell and spans.last_cell
                  and ${counts(exceptions)}
                limit 1
              ) as cell
              from ids cross join spans
            )
            select id, cell from firsts where cell is not null) as taken`,
  ),
);

/**
 * One claimed cell is enough to know that a room is not free, and a busy practice has many claimed cells in each room.
 */
async function listFirstTaken(tx: Db, stretches: Cells[], resourceIds: string[], now: number, except: ClaimOwner[]) {
  if (resourceIds.length === 0) return [];
  const found = await selectFirstTaken(
    tx,
    valuesOf(stretches, resourceIds, now, except),
    stretches.length,
    resourceIds.length,
    except.length,
  );
  return found.map(({ resourceId, cell }) => ({ id: idOf(resourceId), cell }));
}

function append(to: Map<string, TakenTime[]>, id: string, time: TakenTime) {
  const known = to.get(id);
  if (known) known.push(time);
  else to.set(id, [time]);
}

function idOf(resourceId: string): string {
  return resourceId.slice(resourceId.indexOf(':') + 1);
}
