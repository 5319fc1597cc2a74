import { expect, test } from './fixtures';

test('the form of the last step stays where it is while its dates are held @one-size', async ({ page }) => {
  await page.addInitScript(() => {
    const moves: number[] = [];
    Object.assign(window, { moves });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moves.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('/book?type=swedish&minutes=60&cadence=weekly&sessions=8&step=time');
  await page.getByRole('link', { name: /all 8/ }).first().click();
  await expect(page.getByText(/[Hh]eld for you until \d\d:\d\d/)).toBeVisible();
  await page.waitForTimeout(500); // a shift is reported with the next frame
  const moved = await page.evaluate(() => (window as unknown as { moves: number[] }).moves);
  expect(moved.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.02);
});
