import { AsyncLocalStorage } from 'node:async_hooks';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { NetworkSize } from '@/client-networks';
import type { Connection } from '@/db/connection/connection';
import type { logThrottled } from '@/log';

// What exists once in a process. Next puts a copy of a module into each of its bundles, and the server in front of it
// has one more: what they must share lies here, under one key of globalThis.

export interface ProcessState {
  /** Opened by whoever asks for it first: two writers in one process would wait for each other. */
  database?: Promise<Connection>;
  /** What is encrypted in the database is opened with these (db/connection/data-keys.ts). */
  dataKeys?: DataKeys;
  dataKeyReader?: NodeJS.Timeout;
  outboxWorker?: Worker;
  hourlyBackup?: Worker;
  dailyCleanup?: NodeJS.Timeout;
  scoreAsks?: NodeJS.Timeout;
  calendarImport?: NodeJS.Timeout;
  reminders?: NodeJS.Timeout;
  waitlistWorker?: NodeJS.Timeout;
  /** Set once the log of the site is there. */
  log?: typeof logThrottled;
  visitCounter?: PageVisitCounter;
  /** Rises when the pages of questions must be drawn anew: what is kept of them is of no use then. */
  questionPagesVersion: number;
  /** Requests under way that change what those pages say: until they are answered Next may still hand out the old ones. */
  questionPagesChanging: number;
  /** What broke a page, by the number of its request: Next tells of it in one place and answers in another. */
  faults: Map<string, ErrorPageDetails>;
  /** The request that whatever runs now works for. */
  request: AsyncLocalStorage<RequestUnderWay>;
  /** Answers since the start, by class of status: "2xx". */
  requests: Record<string, number>;
  /** Refused calls of the API since the start, by code. */
  refusals: Map<string, number>;
  /** Answers to texts since the start, by what they were. */
  textReplies: Map<string, number>;
  /** How often a booking was left for the page that says to see a doctor first. */
  doctorFirst: number;
  outboxPolledAt?: number;
  /** By the id of a calendar feed, what it showed when it was last asked for, and since when (db/calendars/feed-contents.ts). */
  feedStates: Map<string, { tag: string; since: number }>;
  /** One set of counters for each connection, by the name of the limit. */
  limiters: WeakMap<Connection, Map<string, NetworkLimiter[]>>;
}

/** Counts who reads the page of a question, and who follows its link to book. */
export interface PageVisitCounter extends Worker {
  add(slug: string, kind: 'read' | 'followed'): void;
}

interface DataKeys {
  byId: Map<string, Buffer>;
  /** The one to encrypt with. */
  current: string | null;
  /** How many there are that no care key of this server opens. */
  locked: number;
}

interface Worker {
  stop(): Promise<void>;
}

export interface RequestUnderWay {
  /** Has an action of ours read its form? What breaks from there on is a fault of ours. */
  isFormRead: boolean;
  /** It is one of those that change what the pages of questions say. */
  isChangingQuestionPages?: boolean;
}

export interface ErrorPageDetails {
  status: 400 | 500 | 503;
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
