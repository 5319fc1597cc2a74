import { createHmac } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

// Who was erased and when. This file lies beside the database and not in it, because a restored backup must not bring
// anybody back. It holds a keyed hash of each e-mail address, and no address.

const LINE = /^([0-9a-f]{64}) (\d{4}-\S+Z)$/;

/** By the hash of an address: the instant up to which everything of it was erased. */
export type ErasedUntilByEmailHash = Map<string, number>;

function listFile(): string {
  return path.resolve(process.env.DATA_DIR || 'data', 'erased.txt');
}

export function recordErasure(email: string, at: number): void {
  appendFileSync(listFile(), `${hashOf(email)} ${new Date(at).toISOString()}\n`, { mode: 0o600 });
}

export function readErasures(): ErasedUntilByEmailHash {
  const file = listFile();
  const erasures: ErasedUntilByEmailHash = new Map();
  if (!existsSync(file)) return erasures;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, hash, at] = LINE.exec(line) ?? [];
    if (hash && at) erasures.set(hash, Math.max(erasures.get(hash) ?? 0, Date.parse(at)));
  }
  return erasures;
}

/** The instant up to which everything of this address was erased, or null. */
export function findErasureTimeOfEmail(erasures: ErasedUntilByEmailHash, email: string): number | null {
  return erasures.get(hashOf(email)) ?? null;
}

function hashOf(email: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: nobody can be told apart in the list of who was erased.');
  return createHmac('sha256', secret).update(`erased:${email.trim().toLowerCase()}`).digest('hex');
}
