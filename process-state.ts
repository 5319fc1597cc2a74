import { AsyncLocalStorage } from 'node:async_hooks';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { NetworkSize } from '@/client-networks';
import type { Connection } from '@/db/connection/connection';
import type { logThrottled } from '@/log';

// State that must exist once per process. Next puts a copy of a module into each of its bundles, and the server in
// front of it has another, so what they share is stored here, under one key of globalThis.

export interface ProcessState {
  /** Opened on first use and shared: two writers in one process would wait for each other. */
  database?: Promise<Connection>;
  /** The keys for encrypted data in the database (db/connection/data-keys.ts). */
  dataKeys?: DataKeys;
  dataKeyReader?: NodeJS.Timeout;
  outboxWorker?: Worker;
  hourlyBackup?: Worker;
  dailyCleanup?: NodeJS.Timeout;
  scoreAsks?: NodeJS.Timeout;
  calendarImport?: NodeJS.Timeout;
  reminders?: NodeJS.Timeout;
  waitlistWorker?: NodeJS.Timeout;
  /** Set once the site's log is ready. */
  log?: typeof logThrottled;
  visitCounter?: PageVisitCounter;
  /** Increases when the question pages must be rendered again: cached copies are then out of date. */
  questionPagesVersion: number;
  /**
   * The number of running requests that change those pages: until they are answered, Next may still serve the old
   * pages.
   */
  questionPagesChanging: number;
  /** Errors on pages, by the number of their request: Next reports an error in one place and answers it in another. */
  faults: Map<string, ErrorPageDetails>;
  /** The request that the current code runs for. */
  request: AsyncLocalStorage<RequestUnderWay>;
  /** Responses since the start, by class of status: "2xx". */
  requests: Record<string, number>;
  /** Refused API calls since the start, by code. */
  refusals: Map<string, number>;
  /** Replies to texts since the start, by kind. */
  textReplies: Map<string, number>;
  /** How often a booking ended on the page that says to see a doctor first. */
  doctorFirst: number;
  outboxPolledAt?: number;
  /**
   * By the id of a calendar feed: what it showed when it was last fetched, and since when
   * (db/calendars/feed-contents.ts).
   */
  feedStates: Map<string, { tag: string; since: number }>;
  /** One set of rate limiters for each connection, by the name of the limit. */
  limiters: WeakMap<Connection, Map<string, NetworkLimiter[]>>;
}

/** Counts readers of question pages and of their booking links. */
export interface PageVisitCounter extends Worker {
  add(slug: string, kind: 'read' | 'followed'): void;
}

interface DataKeys {
  byId: Map<string, Buffer>;
  /** The key to encrypt with. */
  current: string | null;
  /** How many keys no care key of this server can open. */
  locked: number;
}

interface Worker {
  stop(): Promise<void>;
}

export interface RequestUnderWay {
  /** Whether one of our actions has read its form. Errors after that are our own, and no redirect may replace the form. */
  isFormRead: boolean;
  /** Whether the request changes what the question pages say. */
  isChangingQuestionPages?: boolean;
}

export interface ErrorPageDetails {
  status: 400 | 401 | 500 | 503;
  digest: number | null;
}

export interface NetworkLimiter {
  limiter: RateLimiterAbstract;
  network: NetworkSize;
}

const KEY: unique symbol = Symbol.for('fortnight.process-state');
const holder = globalThis as typeof globalThis & { [KEY]?: ProcessState };

holder[KEY] ??= {
  questionPagesVersion: 0,
  questionPagesChanging: 0,
  faults: new Map(),
  request: new AsyncLocalStorage(),
  requests: {},
  refusals: new Map(),
  textReplies: new Map(),
  doctorFirst: 0,
  feedStates: new Map(),
  limiters: new WeakMap(),
};

export const processState: ProcessState = holder[KEY];
