import { describe, expect, it } from 'vitest';
import { bookSeries } from './book-series';
import { findLinkViewer, manageTokenOf } from './manage-tokens';
import { at } from './test-appointments';
import { testDatabase } from './test-database';
import { NOW, READER, requestOf } from './test-requests';

testDatabase({ now: NOW });

async function booked(on: string) {
  const result = await bookSeries(READER, requestOf(at(on, '18:00')), { now: NOW });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result;
}

describe('a manage link', () => {
  it('opens its own series, however often it is fetched', async () => {
    const { manageToken, seriesId } = await booked('2026-12-01');
    await booked('2026-12-02');
    for (let k = 0; k < 100; k++) expect(await findLinkViewer(manageToken)).toEqual({ role: 'link', seriesId });
  });

  it('opens nothing when changed, cut, lengthened, or of a series that is not there', async () => {
    const { manageToken } = await booked('2026-12-01');
    const changed = (manageToken[0] === 'A' ? 'B' : 'A') + manageToken.slice(1);
    const others = [changed, manageToken.slice(0, -1), `${manageToken}A`, '', manageTokenOf('another'), '\u0000'];
    for (const token of others) expect(await findLinkViewer(token)).toBeNull();
  });

  it('cannot be made without the secret', () => {
    const kept = process.env.AUTH_SECRET;
    delete process.env.AUTH_SECRET;
    expect(() => manageTokenOf('a')).toThrow('AUTH_SECRET');
    process.env.AUTH_SECRET = kept;
  });
});
