import type { ReactNode } from 'react';
import { prerender } from 'react-dom/static';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeAttendanceToken, makeHandOverToken } from '@/db/access/emailed-link-tokens';
import { getManageToken } from '@/db/access/manage-tokens';
import { answerHandOverAsClientByLink } from '@/db/booking/answer-hand-over';
import { askAboutHandOver } from '@/db/booking/ask-about-hand-over';
import { bookSeries } from '@/db/booking/book-series';
import { previewHandOver } from '@/db/booking/hand-over-dates';
import { saveIntakeScreen } from '@/db/care/save-intake';
import { confirmAttendance } from '@/db/messages/confirm-attendance';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';

// The pages behind the links of e-mails that Ruth gets about the dates she booked for Ben.

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: ComingPage } = await import('./coming/[token]/page');
const { default: HandOverPage } = await import('./hand-over/[token]/page');
const { default: BeforePage } = await import('./[token]/before/page');
const { default: ScorePage } = await import('./[token]/score/page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });
beforeEach(() => vi.setSystemTime(NOW));

const STARTS = listWeeklyInstants('2026-12-01', '18:00', 2);
const HOUR = 3_600_000;
const clock = { now: NOW };

async function bookForBen() {
  const ben = { client: { name: 'Ben Keane', email: 'keane@example.org' }, bookedBy: 'Ruth Keane' };
  const booked = await bookSeries(ANONYMOUS_VIEWER, { ...makeSeriesRequest(STARTS), ...ben }, clock);
  if (!booked.ok) throw new Error(booked.reason);
  return { ...booked, uid: booked.appointments[0]!.uid };
}

/** The words of a page below its navigation, and none that call the dates the reader's. */
async function wordsOf(page: ReactNode) {
  const html = await new Response((await prerender(page)).prelude).text();
  const main = html.replace(/<!--.*?-->/g, '').match(/<main.*<\/main>/s)![0];
  const words = main
    .replace(/<(script|nav)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
  expect(words).not.toMatch(
    /\byour (next )?dates?\b|I’m coming|are you coming|see you then|you cannot come|you have a fever/i,
  );
  return words;
}

const at = (token: string) => ({ params: Promise.resolve({ token }), searchParams: Promise.resolve({}) });

describe('dates that were booked for somebody else are called theirs', () => {
  it('where a reminder asks if they come', async () => {
    const { uid } = await bookForBen();
    const token = makeAttendanceToken(uid);
    const asked = await wordsOf(await ComingPage(at(token)));
    for (const words of ['Is Ben coming?', 'for Ben Keane', 'Ben is coming', 'If Ben cannot come'])
      expect(asked).toContain(words);
    expect(await confirmAttendance(token, STARTS[0]!, clock)).toEqual({ ok: true });
    expect(await wordsOf(await ComingPage(at(token)))).toContain('Thank you. We expect Ben then');
  });

  it('where a colleague would take over', async () => {
    const { uid } = await bookForBen();
    const plan = await previewHandOver(OWNER_VIEWER, { uid, to: 'jun' }, clock);
    const decisions = plan!.dates.map(({ uid, version, places: [place] }) => {
      return { uid, version, choice: 'move' as const, startsAt: place!.startsAt, therapistId: 'jun' };
    });
    const request = await askAboutHandOver(OWNER_VIEWER, { uid, to: 'jun', decisions, reason: '', days: 3 }, clock);
    if (!request.ok) throw new Error(request.reason);
    const token = makeHandOverToken(request.id);
    const asked = await wordsOf(await HandOverPage(at(token)));
    expect(asked).toContain('May Jun take over Ben’s dates from Mira?');
    expect(asked).toContain('Nothing has changed: Ben’s dates are with Mira');
    expect(await answerHandOverAsClientByLink(token, 'no', clock)).toMatchObject({ ok: true });
    const answered = await wordsOf(await HandOverPage(at(token)));
    expect(answered).toContain('Ben’s dates stay with Mira');
    expect(answered).toContain('See Ben’s dates');
  });

  it('where it is asked what is new, and for a score', async () => {
    const { seriesId } = await bookForBen();
    const token = await getManageToken(seriesId);
    expect(await wordsOf(await BeforePage(at(token)))).toContain('Ben’s next date is');
    const soon = STARTS[0]! - 20 * HOUR;
    vi.setSystemTime(soon);
    expect(await wordsOf(await ScorePage(at(token)))).toContain('The answers are about Ben Keane .');
    expect(await wordsOf(await BeforePage(at(token)))).toContain('We have no answers about Ben yet');
    const adult = { isMinor: false, guardianName: '', guardianIsPresent: false };
    const agreed = { screen: 'agree' as const, treated: true, healthKept: true, writtenTo: false, ...adult };
    expect(await saveIntakeScreen({ role: 'link', seriesId }, agreed, { now: soon })).toMatchObject({ ok: true });
    const before = await wordsOf(await BeforePage(at(token)));
    expect(before).toContain('Hello Ruth. For Ben, before Tuesday 1 December at 18:00:');
    expect(before).toContain('If Ben has a fever or feels ill');
  });
});
