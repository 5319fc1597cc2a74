import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { getLanguageOfAddress, getLanguageOfLinkViewer } from '@/db/messages/reader-language';
import { clients, practices } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { type RenderedMessage, renderMessage } from '@/mail/render-message';
import type { MailLanguage } from '@/scheduling/mail-language';
import { listMail } from './outbox-for-staff';
import { prepareMailFacts } from './prepare-mail-facts';

const db = setUpTestDatabase({ now: NOW });
const HOUR = 3_600_000;
const EMAIL = 'ana@example.org';

const setPractice = (mailLanguage: MailLanguage) => db.write((tx) => tx.update(practices).set({ mailLanguage }));
const setClient = (language: string) =>
  db.write((tx) => tx.update(clients).set({ language }).where(eq(clients.email, EMAIL)));

async function book(other: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const starts = listWeeklyInstants('2026-12-01', '18:00', 3);
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, other), { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  const link = { role: 'link' as const, seriesId: booked.seriesId };
  return { link, uids: booked.appointments.map(({ uid }) => uid) };
}

/** Sends what is due, and returns it by recipient. */
async function sendAll(now = NOW + HOUR): Promise<Record<string, RenderedMessage>> {
  const sent: Record<string, RenderedMessage> = {};
  for (const { id, toEmail } of await leaseDueMessages('w', now, 50)) {
    const prepared = await prepareMailFacts(id, 'w', now);
    if (!prepared) continue;
    sent[toEmail.split('@')[0]!] = renderMessage(prepared.notification, {}, now, toEmail);
    await markSent(id, 'w', now);
  }
  return sent;
}

describe('an e-mail about a booking', () => {
  it('is in the practice’s language by default, to both client and therapist', async () => {
    await setPractice('de');
    await book();
    const { ana, mira } = await sendAll();
    expect(ana!.subject).toBe('Gebucht: dienstags um 18:00 Uhr bei Mira Kovač, 1. Dez. bis 15. Dez.');
    expect(ana!.text).toContain('Sie können einen Termin bis 24 Stunden vor Beginn absagen');
    expect(ana!.text).toMatch(/Wenn Sie sich verspäten, warten wir \d+ Minuten auf Sie\./);
    expect(ana!.html).toContain('<html lang="de">');
    expect(ana!.calendars[0]!.content).toContain('SUMMARY:Massage bei Mira Kovač (1 von 3)');
    expect(mira!.subject).toBe('Neu: Ana Costa, dienstags um 18:00 Uhr, 1. Dez. bis 15. Dez.');
  });

  it('is in the client’s own language to the client, and in the practice’s to the therapist', async () => {
    await setPractice('de');
    const { link, uids } = await book();
    await setClient('fr');
    expect((await sendAll()).ana!.subject).toMatch(/^Réservé\u00a0: le mardi à 18\u00a0h avec Mira Kovač/);
    await cancelAppointments(link, { uid: uids[1]!, scope: 'this' }, { now: NOW + HOUR });
    const { ana, mira } = await sendAll(NOW + 2 * HOUR);
    expect(ana!.subject).toMatch(/^Annulé\u00a0: mardi 8 décembre à 18\u00a0h/);
    expect(mira!.subject).toMatch(/^Abgesagt: Ana Costa, Dienstag, 8\. Dezember/);
    expect(await getLanguageOfLinkViewer(link)).toBe('fr');
  });

  it('is in the practice’s language to a client whose language has no translation', async () => {
    await setPractice('es');
    await book();
    await setClient('pl');
    expect((await sendAll()).ana!.subject).toMatch(/^Reservado: los martes a las 18:00 con Mira Kovač/);
  });

  it('is shown to the practice in the language it was sent in, even when the practice’s language changes', async () => {
    await setPractice('de');
    await book();
    await sendAll();
    await setPractice('en');
    const languages = (
      await listMail(
        { role: 'owner', userId: 'ruth', email: 'o@x.example', name: 'R', therapistId: null },
        { now: NOW },
      )
    )
      .filter(({ toEmail }) => toEmail === EMAIL)
      .map(({ notification }) => notification?.practice.language);
    expect(languages).toEqual(['de']);
  });
});

describe('an address that several clients share', () => {
  it('gets e-mails in the language that all of them share, or else in the practice’s', async () => {
    await setPractice('de');
    await book();
    await setClient('fr');
    const language = () => getLanguageOfAddress(db.connection().reader, EMAIL);
    expect(await language()).toBe('fr');
    const values = { id: 'bea', name: 'Bea Costa', email: EMAIL, phone: null, createdAt: NOW, language: 'es' };
    await db.write((tx) => tx.insert(clients).values(values));
    expect(await language()).toBe('de');
    await setClient('es');
    expect(await language()).toBe('es');
    expect(await getLanguageOfAddress(db.connection().reader, 'nobody@example.org')).toBe('de');
  });
});
