import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const LATE_MS = 250;

interface Received {
  raw: string;
  mail: ParsedMail;
  recipients: string[];
}

/**
 * `take late`: accept the mail after a delay, while other mails pass it. `take and hang up`: accept the mail without
 * confirming it.
 */
export type InboxAnswer =
  | 'take'
  | 'take late'
  | 'hang'
  | 'hang up'
  | 'take and hang up'
  | { code: number; words: string };

export interface TestInbox {
  url: string;
  /** How many messages were attempted, whatever the outcome. */
  attempts: number;
  received: Received[];
  /** Decides what happens to each message. */
  answer: (attempt: number) => InboxAnswer;
  /** Refuses recipients with this code; a function is called for each. */
  refuseRecipients?: number | (() => number | undefined);
  /** The words of that refusal, `No such person here` by default. */
  recipientWords?: string;
  /** Resolves when no delivery is under way: mail that is accepted late arrives even when its sender has given up. */
  idle(): Promise<void>;
  /** Refuses the sender with this code and these words. */
  refuseSender?: { code: number; words: string };
  close(): Promise<void>;
}

/** A real mail server on this computer, for tests: it stores the mail that it gets. */
export async function openTestInbox(): Promise<TestInbox> {
  const taking = new Set<Promise<void>>();
  const idle = async () => {
    while (taking.size > 0) await Promise.all(taking);
  };
  const inbox: TestInbox = { url: '', attempts: 0, received: [], answer: () => 'take', idle, close: async () => {} };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom(_address, _session, callback) {
      const refusal = inbox.refuseSender;
      callback(refusal ? Object.assign(new Error(refusal.words), { responseCode: refusal.code }) : undefined);
    },
    onRcptTo(_address, _session, callback) {
      const refuses = inbox.refuseRecipients;
      const code = typeof refuses === 'function' ? refuses() : refuses;
      callback(
        code
          ? Object.assign(new Error(inbox.recipientWords ?? 'No such person here'), { responseCode: code })
          : undefined,
      );
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        inbox.attempts += 1;
        const answer = inbox.answer(inbox.attempts);
        if (answer === 'hang') return;
        if (answer === 'hang up') return cutAll();
        if (typeof answer === 'object')
          return callback(Object.assign(new Error(answer.words), { responseCode: answer.code }));
        const take = async () => {
          if (answer === 'take late') await wait(LATE_MS);
          const raw = Buffer.concat(chunks);
          const recipients = session.envelope.rcptTo.map((address) => address.address);
          const received = { raw: raw.toString('utf8'), mail: {} as ParsedMail, recipients };
          inbox.received.push(received);
          received.mail = await simpleParser(raw);
          if (answer === 'take and hang up') return cutAll();
          callback();
        };
        const done = take().finally(() => taking.delete(done));
        taking.add(done);
      });
    },
  });
  const sockets = new Set<{ destroy(): void }>();
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.on('error', () => {});
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  inbox.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  inbox.close = () =>
    new Promise<void>((resolve) => {
      server.close(resolve);
      cutAll();
    });
  return inbox;
}
