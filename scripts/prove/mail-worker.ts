import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sendDueMessages } from '@/workers/outbox-worker';

// The outbox worker as a process of its own, to be killed. Its clock runs faster, starting from the same moment in
// every process, so that the hours between two attempts to send an e-mail take seconds.

const { SMTP_URL = '', CLOCK_FROM, CLOCK_TIMES } = process.env;
const began = Number(CLOCK_FROM);
const clock = () => began + Math.round((Date.now() - began) * Number(CLOCK_TIMES));
const workerId = randomUUID();

process.send?.('ready');
for (;;) {
  const sentCount = await sendDueMessages(SMTP_URL, workerId, clock).catch(() => 0);
  if (sentCount === 0) await wait(20);
}
