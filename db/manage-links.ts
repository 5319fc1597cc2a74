import { eq } from 'drizzle-orm';
import { type Db, transact } from './client';
import { mayHaveLinks } from './mail-caps';
import { putInOutbox } from './outbox';
import { getPractice, toldPractice } from './practice';
import { clients } from './schema';
import { readSeries } from './series';

/**
 * Puts one mail with the links to everything still to come in the outbox, when something is booked with this address.
 * It says nothing back: who is a client here is nobody's business.
 */
export async function askForManageLinks(email: string, now: number): Promise<void> {
  const toEmail = email.toLowerCase();
  await transact(async (tx) => {
    const series = await listToManage(tx, toEmail, now);
    if (series.length === 0 || !(await mayHaveLinks(tx, toEmail, now))) return;
    const practice = toldPractice(await getPractice(tx));
    await putInOutbox(tx, { telling: { kind: 'manage_links', practice, series }, toEmail, now });
  });
}

/** What is booked with this address and still to come, as the mail with its links names it. */
export async function listToManage(db: Db, toEmail: string, now: number) {
  const found = await readSeries(db, eq(clients.email, toEmail));
  return found.flatMap(({ uid, sessions, appointments }) => {
    const next = appointments.find(({ status, endsAt }) => status === 'booked' && endsAt > now);
    return next ? [{ uid, firstStart: next.startsAt, sessions, service: next.service.name }] : [];
  });
}
