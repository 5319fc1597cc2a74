import { and, asc, count, eq, gt, inArray, lte, max, min, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { visibleClientsCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { derivePhoneCountry, formatPhone, formatPhoneLink } from '@/db/input/phone-numbers';
import { foldSearchText } from '@/db/input/search-text';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments, clients } from '@/db/schema';
import { notErasedCondition } from './get-client';

// Finds clients by a few letters of the name, digits of the phone number or part of the e-mail address.

export interface FoundClient {
  id: string;
  name: string;
  /** Empty where they gave none. */
  email: string;
  /** In the format of the practice's country. */
  phone: string | null;
  phoneLink: string | null;
}

export interface ListedClient extends FoundClient {
  /** For a therapist, only dates with them. */
  nextAt: number | null;
  lastAt: number | null;
}

export interface ClientPage {
  clients: ListedClient[];
  /** How many clients there are on all pages. */
  total: number;
  /** 1-based; the last page if a later one was requested. */
  page: number;
  pages: number;
}

const A_PAGE = 50;
const LONGEST_WORDS = 100;
const MOST_WORDS = 6;

/** The first few clients that the viewer may see, by name: suggestions while somebody types. */
export async function suggestClients(viewer: Staff, words: string, limit = 8): Promise<FoundClient[]> {
  const db = await reader();
  return selectClients(db, and(visibleClientsCondition(db, viewer), clientSearchCondition(words)), {
    limit,
    offset: 0,
  });
}

/**
 * One page of the clients that the viewer may see, by name, with the dates around now. An empty query finds everybody.
 */
export async function listClients(
  viewer: Staff,
  { words, page: requestedPage }: { words: string; page: number },
  { now }: Clock,
): Promise<ClientPage> {
  const db = await reader();
  const condition = and(visibleClientsCondition(db, viewer), clientSearchCondition(words));
  const [counted] = await db.select({ total: count() }).from(clients).where(condition);
  const total = counted?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / A_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(requestedPage) || 1), pages);
  const found = await selectClients(db, condition, { limit: A_PAGE, offset: (page - 1) * A_PAGE });
  const dates = await datesAround(db, viewer, found, now);
  return { clients: found.map((client) => ({ ...client, ...dates(client.id) })), total, page, pages };
}

async function selectClients(
  db: Db,
  condition: SQL | undefined,
  { limit, offset }: { limit: number; offset: number },
): Promise<FoundClient[]> {
  const { id, name, email, phone } = clients;
  const found = await db
    .select({ id, name, email, phone })
    .from(clients)
    .where(condition)
    .orderBy(asc(clients.searchText), asc(clients.id))
    .limit(limit)
    .offset(offset);
  const country = derivePhoneCountry(await getPractice());
  return found.map((client) => ({
    ...client,
    phone: client.phone === null ? null : formatPhone(client.phone, country),
    phoneLink: client.phone === null ? null : formatPhoneLink(client.phone, country),
  }));
}

async function datesAround(db: Db, viewer: Staff, found: FoundClient[], now: number) {
  const ids = found.map(({ id }) => id);
  const isTheirs = and(
    inArray(appointments.clientId, ids),
    ne(appointments.status, 'cancelled'),
    viewer.role === 'therapist' ? eq(appointments.therapistId, viewer.therapistId) : undefined,
  );
  const edge = async (at: SQL<number | string | null>, when: SQL) =>
    new Map(
      ids.length === 0
        ? []
        : (
            await db
              .select({ id: appointments.clientId, at })
              .from(appointments)
              .where(and(isTheirs, when))
              .groupBy(appointments.clientId)
          ).map((row) => [row.id, Number(row.at)]),
    );
  const [next, last] = await Promise.all([
    edge(min(appointments.startAt), gt(appointments.startAt, now)),
    edge(max(appointments.startAt), lte(appointments.startAt, now)),
  ]);
  return (id: string) => ({ nextAt: next.get(id) ?? null, lastAt: last.get(id) ?? null });
}

/** Every word must occur in the search text. A word of digits also matches without its leading zeros. */
export function clientSearchCondition(search: string): SQL | undefined {
  const words = wordsOf(search);
  // Erased clients cannot be found.
  if (words.length === 0) return notErasedCondition;
  return and(
    ...words.map((word) => {
      // Rows from before accents were folded are found as they were written.
      const ways = [...new Set([foldSearchText(word), word.toLowerCase()])];
      return or(...ways.map((way) => sql`${clients.searchText} like ${`%${escapeLikePattern(way)}%`} escape '!'`));
    }),
  );
}

function wordsOf(search: string): string[] {
  const text = search.slice(0, LONGEST_WORDS).trim();
  // Numbers are written with gaps: '087 555 0134', '+353 (87) 5550134'.
  const parts = /^[+\d\s()./-]+$/.test(text) ? [text] : text.split(/\s+/);
  return parts
    .map((part) =>
      /^[+\d\s()./-]*\d[+\d\s()./-]*$/.test(part) ? part.replace(/\D/g, '').replace(/^0+(?=\d)/, '') : part,
    )
    .filter(Boolean)
    .slice(0, MOST_WORDS);
}

export function escapeLikePattern(word: string): string {
  return word.replace(/[!%_]/g, '!$&');
}
