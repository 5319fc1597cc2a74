import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A real mail server on this computer that accepts a share of the e-mails, and records what it accepted. */
export interface MailServer {
  url: string;
  /** How often it has said "250 OK" to each Message-ID. */
  accepted: Map<string, number>;
  /** Everybody to whom it has delivered an e-mail. */
  recipients: Set<string>;
  /** The messages that it accepted, as they came. */
  messages: { to: string; text: string }[];
  /** The share of e-mails it accepts; the others are refused for now, or their connection is cut. */
  goodness: number;
  /** Addresses that do not exist here. */
  unknown: Set<string>;
  down(): Promise<void>;
  up(): Promise<void>;
}

export async function openMailServer(): Promise<MailServer> {
  let server: SMTPServer | undefined;
  let port = 0;
  const sockets = new Map<number, Socket>(); // by the port of the other end
  const it: MailServer = {
    url: '',
    accepted: new Map(),
    recipients: new Set(),
    messages: [],
    goodness: 1,
    unknown: new Set(),
    async down() {
      const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
      for (const socket of sockets.values()) socket.destroy();
      await closed;
      server = undefined;
    },
    async up() {
      server = makeServer();
      await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', () => resolve()));
      port = (server.server.address() as AddressInfo).port;
      it.url = `smtp://127.0.0.1:${port}`;
    },
  };

  function makeServer() {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo({ address }, _session, callback) {
        const isUnknown = it.unknown.has(address);
        callback(isUnknown ? Object.assign(new Error('No such person here'), { responseCode: 550 }) : undefined);
      },
      onData(stream, session, callback) {
        let text = '';
        stream.setEncoding('latin1');
        stream.on('data', (chunk: string) => {
          text += chunk;
        });
        stream.on('end', () => {
          if (Math.random() >= it.goodness) {
            if (Math.random() < 0.5) return callback(Object.assign(new Error('Not now'), { responseCode: 451 }));
            return void sockets.get(session.remotePort)?.destroy();
          }
          const id = /^message-id:\s*(<[^>]+>)/im.exec(text)?.[1] ?? 'none';
          it.accepted.set(id, (it.accepted.get(id) ?? 0) + 1);
          for (const { address } of session.envelope.rcptTo) {
            it.recipients.add(address);
            it.messages.push({ to: address, text });
          }
          setTimeout(callback, Math.random() * 20);
        });
      },
    });
    server.on('error', () => {});
    server.server.on('connection', (socket) => {
      const port = socket.remotePort!;
      sockets.set(port, socket);
      socket.on('close', () => sockets.delete(port));
    });
    return server;
  }

  await it.up();
  return it;
}
