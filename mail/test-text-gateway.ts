import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

// A gateway for text messages that answers like Twilio and like the Android app, and can fail, delay and repeat on
// demand.

interface TakenText {
  id: string | null;
  to: string;
  body: string;
  from: string | null;
  /** Where the gateway should report the outcome. */
  reportUrl: string | null;
}

type Answer = 'take' | 'take_and_hang_up' | 'hang_up' | { status: number; body?: object };

export interface TextGatewayForTests {
  port: number;
  accepted: TakenText[];
  /** The state that the phone reports for a text it has. */
  state: string;
  /** How many requests to send it received. */
  sendRequests: number;
  answer: (attempt: number, to: string) => Answer;
  /** How long it waits before it answers, after it accepted a text. */
  delayMs: () => number;
  close(): Promise<void>;
}

export async function openTestTextGateway(): Promise<TextGatewayForTests> {
  const gateway: TextGatewayForTests = {
    port: 0,
    accepted: [],
    state: 'Pending',
    sendRequests: 0,
    answer: () => 'take',
    delayMs: () => 0,
    close: async () => {},
  };
  const server = createServer(async (request, response) => {
    const reply = (status: number, body: object = {}) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Basic ${Buffer.from('AC1:secret').toString('base64')}`) return reply(401);
    const messageId = /^\/message\/([\w-]+)$/.exec(request.url ?? '')?.[1];
    if (messageId !== undefined) {
      const isKnown = gateway.accepted.some(({ id }) => id === messageId);
      return reply(isKnown ? 200 : 404, isKnown ? { id: messageId, state: gateway.state } : {});
    }
    const text = readText(request, await bodyOf(request));
    if (!text) return reply(404);
    gateway.sendRequests += 1;
    const answer = gateway.answer(gateway.sendRequests, text.to);
    if (answer === 'hang_up') return void response.destroy();
    if (typeof answer === 'object') return reply(answer.status, answer.body);
    gateway.accepted.push(text);
    const ms = gateway.delayMs();
    if (ms > 0) await wait(ms);
    if (answer === 'take_and_hang_up') return void response.destroy();
    reply(request.url === '/message' ? 202 : 201, { sid: 'SM1', id: text.id, state: 'Pending' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  gateway.port = (server.address() as AddressInfo).port;
  gateway.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return gateway;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function readText({ method, url, headers }: IncomingMessage, body: string): TakenText | null {
  const type = headers['content-type'] ?? '';
  if (method !== 'POST') return null;
  if (url === '/2010-04-01/Accounts/AC1/Messages.json' && type.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(body);
    return {
      id: null,
      to: form.get('To') ?? '',
      body: form.get('Body') ?? '',
      from: form.get('From'),
      reportUrl: form.get('StatusCallback'),
    };
  }
  if (url !== '/message' || !type.startsWith('application/json')) return null;
  const { id, textMessage, phoneNumbers } = JSON.parse(body);
  return { id, to: phoneNumbers.join(), body: textMessage.text, from: null, reportUrl: null };
}
