import { describe, expect, it } from 'vitest';
import { bookSeries } from './book-series';
import { ANA } from './cast';
import { reader } from './client';
import { askForManageLinks } from './manage-links';
import { outbox } from './schema';
import { at } from './test-appointments';
import { testDatabase } from './test-database';
import { NOW, READER, requestOf } from './test-requests';

testDatabase({ now: NOW });

async function lettersOf(kind: string) {
  return (await (await reader()).select().from(outbox)).filter((letter) => letter.kind === kind);
}

describe('a lost link', () => {
  it('is sent to the address something is booked with, in one mail for all of it', async () => {
    await bookSeries(READER, requestOf(at('2026-12-01', '18:00')), { now: NOW });
    await bookSeries(READER, requestOf(at('2026-12-08', '18:00')), { now: NOW });
    await askForManageLinks(ANA.email.toUpperCase(), NOW);
    const letters = await lettersOf('manage_links');
    expect(letters.map(({ toEmail }) => toEmail)).toEqual([ANA.email]);
    expect(letters[0]?.facts).toMatchObject({ series: [{ sessions: 1 }, { sessions: 1 }] });
  });
  it('is sent to nobody when nothing is to come', async () => {
    await bookSeries(READER, requestOf(at('2026-12-01', '18:00')), { now: NOW });
    await askForManageLinks('stranger@example.org', NOW);
    await askForManageLinks(ANA.email, at('2026-12-02', '10:00'));
    expect(await lettersOf('manage_links')).toEqual([]);
  });
});
