import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dayFromToday } from './api-client';
import { createFormClient, readHiddenFields } from './form-client';
import type { Server } from './server';

// One sender floods a costly address, while another visitor goes on reading and booking and measures how long each
// answer took.

export interface CostlyRequest {
  what: string;
  path: string;
  method?: 'POST';
  headers?: Record<string, string>;
  body?: string;
}

export interface ResponseTimes {
  /** The duration of every request, in milliseconds. */
  times: number[];
  /** How many answers had another status than 200. */
  refused: number;
}

const PACE_MS = 10;
// Each flood and each visit has an IP address of its own, so its limits are unused.
let flooders = 1;
let visitors = 0;
const plan = (more: string) => `/book?type=swedish&minutes=60&cadence=weekly&sessions=8&${more}`;

/** A visit: reads a question, looks for a time, and a program of the visitor's calls the API. */
const VISIT = [
  '/questions/hamstring-tendinopathy',
  '/book',
  '/api/v1/services',
  `/api/v1/openings?service=swedish&minutes=60&from=${dayFromToday(7)}&days=7`,
];

/** Every address that costs more than a moment, as an attacker would request it. */
export async function listCostlyRequests({ address }: Server): Promise<CostlyRequest[]> {
  const on = dayFromToday(40);
  const start = `${plan('step=you')}&on=${on}&time=12:00&with=mira&key=0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a01`;
  const client = { name: 'Ana Costa', email: 'ana@example.org' };
  const appointments = [{ startsAt: `${on}T03:00:00Z`, therapist: 'any' }];
  return [
    { what: 'openings', path: `/api/v1/openings?service=swedish&minutes=60&from=${dayFromToday(7)}&days=31` },
    {
      what: 'standing times',
      path: `/api/v1/standing-times?service=swedish&minutes=60&cadence=biweekly&sessions=26&from=${dayFromToday(7)}&limit=50`,
    },
    { what: 'every start', path: '/book?type=swedish&minutes=60&cadence=biweekly&sessions=26&step=time&starts=all' },
    { what: 'search', path: `/questions?q=${'my+left+knee+hurts+when+running+downhill+and+climbing+stairs+at+night'}` },
    { what: 'a question', path: '/questions/low-back-pain' },
    {
      what: 'bookings of a program',
      path: '/api/v1/series',
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'a-flood' },
      body: JSON.stringify({ service: 'swedish', minutes: 60, cadence: 'once', appointments, client }),
    },
    { what: 'the booking form', method: 'POST', ...(await filledForm(address, start)) },
  ];
}

async function filledForm(address: string, page: string): Promise<Pick<CostlyRequest, 'path' | 'headers' | 'body'>> {
  const fields = await readHiddenFields(createFormClient(address, { 'X-Forwarded-For': '203.0.113.1' }), page, 'email');
  const parts = [...fields, ['name', 'Ana Costa'], ['email', 'no address'], ['signs', 'none'], ['consent', 'yes']].map(
    ([name, value]) => `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    path: page,
    headers: { 'Content-Type': 'multipart/form-data; boundary=XX', 'Sec-Fetch-Site': 'same-origin' },
    body: `${parts.join('')}--XX--\r\n`,
  };
}

/** Repeats a visit for so long. */
export async function measureVisits({ address }: Server, ms: number, paths = VISIT): Promise<ResponseTimes> {
  visitors += 1;
  const from = `198.51.100.${visitors}`;
  const agent = new http.Agent({ keepAlive: true });
  const waits: ResponseTimes = { times: [], refused: 0 };
  const until = performance.now() + ms;
  for (let k = 0; k < paths.length || performance.now() < until; k++) {
    const began = performance.now();
    const status = await sendRequest(agent, address + paths[k % paths.length]!, from);
    waits.times.push(performance.now() - began);
    if (status !== 200) waits.refused++;
    await wait(PACE_MS);
  }
  agent.destroy();
  return waits;
}

function sendRequest(agent: http.Agent, url: string, from: string): Promise<number> {
  const headers = { 'X-Forwarded-For': from, 'Accept-Encoding': 'gzip' };
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
  });
}

export interface FloodResult<T> {
  result: T;
  /** How often the flood was answered with each status. */
  answers: Record<string, number>;
  /** The status that its sender gets once all its connections have broken off. */
  after: number;
}

/** Returns the result of `work` while one sender floods. */
export async function measureDuringFlood<T>(
  { address }: Server,
  { path: at, method, headers, body }: CostlyRequest,
  connections: number,
  work: () => Promise<T>,
): Promise<FloodResult<T>> {
  flooders += 1;
  const sender = { 'X-Forwarded-For': `203.0.113.${flooders}` };
  const from = { ...sender, 'Accept-Encoding': 'gzip', ...headers };
  const request = { url: address + at, method, headers: from, body, connections };
  const flooder = spawn(process.execPath, [path.join(import.meta.dirname, 'flooder.mjs'), JSON.stringify(request)]);
  let output = '';
  flooder.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const closed = once(flooder, 'close');
  await Promise.race([once(flooder.stdout, 'data'), closed]);
  await wait(200); // by now all its connections are open
  try {
    const result = await work();
    flooder.kill('SIGTERM');
    await closed;
    const { status: after } = await fetch(`${address}/`, { headers: sender });
    return { result, answers: JSON.parse(output) as Record<string, number>, after };
  } finally {
    flooder.kill('SIGKILL');
  }
}

export function quantileOf(times: number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}
