import type { Db } from './client';
import type { ClaimKind } from './schema';

/** Five minutes: the grain of every claim. */
export const CELL_MS = 300_000;

export interface ClaimRequest {
  ownerUid: string;
  kind: ClaimKind;
  /** `therapist:mira` or `room:garden`. */
  resourceId: string;
  /** Half-open; both ends align outward to whole cells. */
  start: number;
  end: number;
  /** Holds only. */
  expiresAt?: number;
}

export interface TakenCell {
  resourceId: string;
  cell: number;
}

/** Takes every cell, and answers with those somebody else has; then the caller must undo. */
export async function claim(_tx: Db, _requests: ClaimRequest[], _now: number): Promise<TakenCell[]> {
  return [];
}

/** Gives back everything this owner had. */
export async function release(_tx: Db, _ownerUid: string): Promise<void> {}
