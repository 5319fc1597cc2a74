import { expect, test } from './fixtures';

test('the form of the last step stays where it is while its dates are held @one-size', async ({ page }) => {
  await page.addInitScript(() => {
    const moves: number[] = [];
    Object.assign(window, { moves });
    const note = (entries: PerformanceEntryList) => {
      for (const entry of entries) moves.push((entry as PerformanceEntry & { value: number }).value);
    };
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    // A shift is reported after the frame in which it happened.
    const noteTheRest = async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      note(observer.takeRecords());
    };
    Object.assign(window, { noteTheRest });
  });
  await page.goto('/book?type=swedish&minutes=60&cadence=weekly&sessions=8&step=time');
  await page.getByRole('link', { name: /all 8/ }).first().click();
  await page.getByLabel('Your name').focus();
  await expect(page.getByText(/[Hh]eld for you until \d\d:\d\d/)).toBeVisible();
  const moved = await page.evaluate(async () => {
    const { moves, noteTheRest } = window as unknown as { moves: number[]; noteTheRest: () => Promise<void> };
    await noteTheRest();
    return moves;
  });
  expect(moved.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.02);
});
