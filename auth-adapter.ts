import { createHash } from 'node:crypto';
import { DrizzleAdapter } from '@auth/drizzle-adapter';
import type { Adapter } from 'next-auth/adapters';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { recordStaffSignIn } from '@/db/messages/sign-in';
import * as schema from '@/db/schema';
import { log } from '@/log';

// How next-auth reads and writes its users, sessions and sign-in links.

export function refuseNextAuthLink(): never {
  throw new Error('Sign-in links are made by requestSignInLink().');
}

/**
 * next-auth's drizzle adapter, with our own functions for reading and writing, and with session tokens stored as
 * hashes. It creates no users.
 */
export function createAuthAdapter(): Adapter {
  return {
    getUser: async (id) => (await readAdapter()).getUser(id),
    getUserByEmail: async (email) => (await readAdapter()).getUserByEmail(email),
    getUserByAccount: async () => null,
    createUser: () => {
      throw new Error('Signing in makes no users.');
    },
    linkAccount: () => undefined,
    updateUser: (user) => change((tx) => tx.updateUser(user)),
    useVerificationToken: (link) => change((tx) => tx.useVerificationToken(link)),
    createSession: async (session) => {
      await transact(async (tx) => {
        // First, for the first sign-in takes a lock that must come before that of the user's row.
        await recordStaffSignIn(tx, session.userId, Date.now());
        await drizzleAdapter(tx).createSession({ ...session, sessionToken: hash(session.sessionToken) });
      });
      log('info', 'signed_in');
      return session;
    },
    getSessionAndUser: async (sessionToken) => {
      const found = await (await readAdapter()).getSessionAndUser(hash(sessionToken));
      return found && { user: found.user, session: { ...found.session, sessionToken } };
    },
    // A session ends 30 days after its sign-in, however much it is used: next-auth would extend it with each visit.
    updateSession: async () => null,
    deleteSession: async (sessionToken) => {
      await change((tx) => tx.deleteSession(hash(sessionToken)));
    },
    createVerificationToken: refuseNextAuthLink,
  } as Adapter;
}

function hash(sessionToken: string): string {
  return createHash('sha256').update(sessionToken).digest('hex');
}

async function readAdapter() {
  return drizzleAdapter(await reader());
}

function change<T>(fn: (adapter: ReturnType<typeof drizzleAdapter>) => T | PromiseLike<T>): Promise<T> {
  return transact(async (tx) => fn(drizzleAdapter(tx)));
}

function drizzleAdapter(db: Db) {
  const { users: usersTable, accounts: accountsTable, sessions: sessionsTable } = schema;
  const tables = { usersTable, accountsTable, sessionsTable, verificationTokensTable: schema.verificationTokens };
  // The adapter checks the engine of `db` at run time; its types demand a single engine.
  return DrizzleAdapter(db as never, tables as never) as Required<Adapter>;
}
