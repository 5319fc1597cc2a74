import { expect, type Page } from '@playwright/test';
import { book, dayFromToday, openings } from '../scripts/prove/api-client';

/**
 * Chooses eight weekly times with Mira of which the third clashes, because somebody else books it first. No other
 * journey takes or gives back that date.
 */
export async function chooseTimeWithOneClash(page: Page): Promise<void> {
  const address = `http://127.0.0.1:${process.env.E2E_PORT}`;
  const [early, late] = await Promise.all(
    [27, 31].map((weeks) => openings(address, dayFromToday(weeks * 7), 28, { therapist: 'mira' })),
  );
  const wallTime = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Dublin',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const datesByTime = new Map<string, string[]>();
  for (const { startsAt } of [...early!, ...late!]) {
    const time = wallTime.format(Date.parse(startsAt));
    datesByTime.set(time, [...(datesByTime.get(time) ?? []), startsAt]);
  }
  let chosen: { time: string; dates: string[] } | undefined;
  for (const [weekdayAndTime, dates] of datesByTime) {
    if (dates.length < 8) continue;
    // Another journey may take it at this very moment.
    const { status } = await book(address, { therapist: 'mira', starts: [dates[2]!] });
    if (status !== 201) continue;
    chosen = { time: weekdayAndTime.slice(-5), dates };
    break;
  }
  if (!chosen) throw new Error('Mira has no time that is free for eight weeks.');
  const { time, dates } = chosen;

  const day = dates[0]!.slice(0, 10);
  await page.goto(
    `/book?type=swedish&minutes=60&cadence=weekly&sessions=8&therapist=mira&step=time&starts=all&week=${day}&day=${day}`,
  );
  await page
    .getByRole('link', { name: new RegExp(`at ${time} .*7 of 8`) })
    .last()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\w+ \w+days at \d\d:\d\d$/);
}
