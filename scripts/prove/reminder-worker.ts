import { randomUUID } from 'node:crypto';
import { queueReminders } from '@/db/messages/queue-reminders';
import { sendDueMessages } from '@/workers/outbox-worker';

// What writes and sends reminders, as a process of its own, to be killed. Its clock shows the time it is told: it runs
// once at that moment, as a server does each minute, sends all that is due, and says that it has.

const { SMTP_URL = '' } = process.env;
const workerId = randomUUID();
let isWhole = true;

process.on('message', async (now: number) => {
  try {
    await queueReminders({ now, isWhole });
    isWhole = false;
    while ((await sendDueMessages(SMTP_URL, workerId, () => now)) > 0);
    process.send?.('done');
  } catch (error) {
    process.send?.(String(error));
  }
});
process.send?.('ready');
