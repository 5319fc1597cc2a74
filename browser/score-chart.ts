// The chart that shows how a score is judged, drawn from the reader's score. Without this script it shows an example,
// and says so.

/** Draws `chart` from `score`, "0" to "10"; "" goes back to the example. */
export function drawScoreChart(chart: HTMLElement, score: string): void {
  const { dataset, classList } = chart;
  const set = (place: string, name: string, value: number | string) =>
    chart.querySelector(`[data-${place}]`)?.setAttribute(name, `${value}`);
  dataset.example ??= chart.querySelector('[data-say=start]')?.textContent ?? '';
  const start = Number(score || dataset.example);
  const worth = Number(dataset.worthFrom?.split(' ')[start]);
  classList.toggle('is-own', !!score);
  classList.toggle('is-nothing', worth < 0);
  const floor = Number(dataset.floor);
  const step = Number(dataset.step);
  for (const [name, value] of Object.entries({ start, worth })) {
    set(`at=${name}`, 'transform', `translate(0 ${floor - step * value})`);
    for (const place of chart.querySelectorAll(`[data-say=${name}]`)) place.textContent = `${value}`;
  }
  if (worth < 0) return;
  set('zone', 'y', floor - step * worth);
  set('zone', 'height', step * worth);
  // A label below the lowest lines would overlap those of the axis.
  set('label', 'y', worth < 2 ? -7 : 18);
}
