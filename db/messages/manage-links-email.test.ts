import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { DEMO_CLIENT } from '@/db/demo/demo-practice';
import { outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { queueManageLinksEmail } from './manage-links-email';

setUpTestDatabase({ now: NOW });

async function lettersOf(kind: string) {
  return (await (await reader()).select().from(outbox)).filter((message) => message.kind === kind);
}

describe('an e-mail for a lost link', () => {
  it('is sent to the address of a booking, with all its plans in one e-mail', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), { now: NOW });
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-08', '18:00')), { now: NOW });
    await queueManageLinksEmail(DEMO_CLIENT.email.toUpperCase(), NOW);
    const messages = await lettersOf('manage_links');
    expect(messages.map(({ toEmail }) => toEmail)).toEqual([DEMO_CLIENT.email]);
    expect(messages[0]?.facts).toMatchObject({
      series: [
        { left: 1, therapist: 'Mira Kovač' },
        { left: 1, therapist: 'Mira Kovač' },
      ],
    });
  });
  it('leads to the last booking when none is upcoming, and to nothing once its link has expired', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), { now: NOW });
    await queueManageLinksEmail(DEMO_CLIENT.email, instantAt('2026-12-02', '10:00'));
    const messages = await lettersOf('manage_links');
    expect(messages[0]?.facts).toMatchObject({ series: [{ left: 0, firstStart: instantAt('2026-12-01', '18:00') }] });
    await queueManageLinksEmail(DEMO_CLIENT.email, instantAt('2028-12-02', '10:00'));
    expect(await lettersOf('manage_links')).toHaveLength(1);
  });
  it('is not sent to an address without bookings', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), { now: NOW });
    await queueManageLinksEmail('stranger@example.org', NOW);
    expect(await lettersOf('manage_links')).toEqual([]);
  });
});
