import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import { getLinkExpiryForStaff, replaceAndSendLink } from '@/db/messages/replace-and-send-link';
import { outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { deriveManageToken, findManageLink, findManageLinkViewer, getManageToken } from './manage-tokens';

setUpTestDatabase({ now: NOW });

async function booked(on: string) {
  const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt(on, '18:00')), { now: NOW });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result;
}

describe('a manage link', () => {
  it('opens its own series, however often it is fetched', async () => {
    const { manageToken, seriesId } = await booked('2026-12-01');
    await booked('2026-12-02');
    for (let k = 0; k < 100; k++) expect(await findManageLinkViewer(manageToken)).toEqual({ role: 'link', seriesId });
  });

  it('opens nothing when changed, cut or lengthened, or when its series does not exist', async () => {
    const { manageToken } = await booked('2026-12-01');
    const changed = (manageToken[0] === 'A' ? 'B' : 'A') + manageToken.slice(1);
    const others = [changed, manageToken.slice(0, -1), `${manageToken}A`, '', deriveManageToken('another'), '\u0000'];
    for (const token of others) expect(await findManageLinkViewer(token)).toBeNull();
  });

  it('cannot be made without the secret', () => {
    const stored = process.env.AUTH_SECRET;
    delete process.env.AUTH_SECRET;
    expect(() => deriveManageToken('a')).toThrow('AUTH_SECRET');
    process.env.AUTH_SECRET = stored;
  });
});

describe('an expired manage link', () => {
  const DAY = 86_400_000;
  const YEAR = 365 * DAY;

  it('expires a year after the last date, and differs from a link that never existed', async () => {
    const { manageToken, seriesId, appointments } = await booked('2026-12-01');
    await booked('2026-12-15'); // of another series: it must make no difference
    const end = appointments[0]!.endsAt + YEAR;
    expect(await findManageLink(manageToken, end - 1)).toEqual({ state: 'open', viewer: { role: 'link', seriesId } });
    expect(await findManageLink(manageToken, end)).toEqual({ state: 'ended' });
    expect(await findManageLinkViewer(manageToken, end)).toBeNull();
    expect(await findManageLink(deriveManageToken('another'), end)).toBeNull();
  });

  it('can be replaced by each viewer who may see the series, and the new one is sent', async () => {
    const { manageToken, seriesId, appointments } = await booked('2026-12-01');
    const other = await booked('2026-12-02');
    const later = appointments[0]!.endsAt + 2 * YEAR;
    expect(await replaceAndSendLink(therapistViewer('jun'), seriesId, later)).toBe(false);
    expect(await replaceAndSendLink(therapistViewer('mira'), seriesId, later)).toBe(true);
    const token = await getManageToken(seriesId);
    expect(token).not.toBe(manageToken);
    expect(await findManageLink(token, later)).toEqual({ state: 'open', viewer: { role: 'link', seriesId } });
    expect(await findManageLink(manageToken, later)).toEqual({ state: 'ended' });
    expect(await findManageLink(other.manageToken, later)).toEqual({ state: 'ended' });
    expect(await getLinkExpiryForStaff(OWNER_VIEWER, seriesId)).toBe(later + YEAR);
    const [mail] = await (await reader()).select().from(outbox).where(eq(outbox.kind, 'link_renewed'));
    expect(mail?.toEmail).toBe('ana@example.org');
    // The e-mail is sent even if no dates remain.
    const results = await getNotificationFactsToSend(await reader(), mail!, later + DAY);
    const firstStart = appointments[0]!.startsAt;
    expect(results?.notification).toMatchObject({
      kind: 'link_renewed',
      seriesUid: seriesId,
      firstStart,
      until: later + YEAR,
    });
  });

  it('no longer opens anything once it is replaced, however often that is done', async () => {
    const { manageToken, seriesId } = await booked('2026-12-01');
    const tokens = [manageToken];
    for (let times = 1; times <= 3; times++) {
      expect(await replaceAndSendLink(OWNER_VIEWER, seriesId, NOW + times)).toBe(true);
      tokens.push(await getManageToken(seriesId));
    }
    expect(new Set(tokens).size).toBe(4);
    const states = await Promise.all(tokens.map((token) => findManageLink(token, NOW + 10)));
    expect(states.map((link) => link?.state)).toEqual(['ended', 'ended', 'ended', 'open']);
    // If the booking is sent again after its answer was lost, the answer has the link that works now.
    expect(await findManageLinkViewer(tokens[3]!, NOW + 10)).toEqual({ role: 'link', seriesId });
  });
});
