import { eq } from 'drizzle-orm';
import { transact } from './client';
import { putInOutbox } from './outbox';
import { getPractice } from './practice';
import { clients } from './schema';
import { readSeries } from './series';

/**
 * Puts one mail with the links to everything still to come in the outbox, when something is booked with this address.
 * It says nothing back: who is a client here is nobody's business.
 */
export async function askForManageLinks(email: string, now: number): Promise<void> {
  await transact(async (tx) => {
    const found = await readSeries(tx, eq(clients.email, email.toLowerCase()));
    const told = found.flatMap(({ uid, sessions, appointments }) => {
      const next = appointments.find(({ status, endsAt }) => status === 'booked' && endsAt > now);
      return next ? [{ uid, firstStart: next.startsAt, sessions, service: next.service.name }] : [];
    });
    if (told.length === 0) return;
    const { name, address, phone, email: from, timeZone, currency, locale, isDemo } = await getPractice(tx);
    const practice = { name, address, phone, email: from, timeZone, currency, locale, isDemo };
    await putInOutbox(tx, {
      telling: { kind: 'manage_links', practice, series: told },
      toEmail: email.toLowerCase(),
      now,
    });
  });
}
