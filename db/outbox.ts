import type { Telling } from '@/scheduling/tell';
import type { Db } from './client';
import type { Staff } from './viewer';

/** A message that is still to be made from `telling` and sent. */
export interface MailToSend {
  id: string;
  messageId: string;
  toEmail: string;
  telling: Telling;
  seriesId: string | null;
  appointmentId: string | null;
  attempts: number;
}

export interface MailView {
  id: string;
  kind: string;
  toEmail: string;
  telling: Telling;
  seriesId: string | null;
  createdAt: number;
  dueAt: number;
  attempts: number;
  lastError: string | null;
  state: 'waiting' | 'sent' | 'dead' | 'dropped';
  sentAt: number | null;
}

export interface OutboxEntry {
  telling: Telling;
  toEmail: string;
  seriesId?: string;
  appointmentId?: string;
  /** Not before this instant. */
  dueAt?: number;
  now: number;
}

/** Writes what must be told, in the transaction that makes it true. */
export async function putInOutbox(_tx: Db, _entry: OutboxEntry): Promise<void> {}

/** Takes up to `limit` due messages for this worker alone, for a while. */
export async function leaseDue(_workerId: string, _now: number, _limit = 10): Promise<MailToSend[]> {
  return [];
}

export async function markSent(_id: string, _workerId: string, _now: number): Promise<void> {}

/** Counts a failed attempt: later again, or dead after the last. */
export async function markFailed(
  _id: string,
  _workerId: string,
  _failure: { error: string; isFinal?: boolean },
  _now: number,
): Promise<void> {}

/** The practice's mailbox, newest first. */
export async function listMail(_viewer: Staff): Promise<MailView[]> {
  return [];
}

/** Puts a dead message back in the queue. */
export async function retryMail(_viewer: Staff, _id: string, _now: number): Promise<boolean> {
  return false;
}
