// The chart of how a score is judged, drawn from the score that its reader notes. Without this it shows an example, and
// says so.

/** Draws `chart` from `score`, "0" to "10"; "" goes back to the example. */
export function drawScore(chart: HTMLElement, score: string): void {
  chart.dataset.example ??= chart.querySelector('[data-say=start]')?.textContent ?? '';
  const start = Number(score || chart.dataset.example);
  const worth = Number(chart.dataset.worthFrom?.split(' ')[start]);
  chart.classList.toggle('is-own', score !== '');
  chart.classList.toggle('is-nothing', worth < 0);
  const { top, floor } = chart.querySelector('svg')?.dataset ?? {};
  const yOf = (value: number) => Number(floor) - ((Number(floor) - Number(top)) * value) / 10;
  for (const [name, value] of [
    ['start', start],
    ['worth', Math.max(0, worth)],
  ] as const) {
    chart.querySelector(`[data-at=${name}]`)?.setAttribute('transform', `translate(0 ${yOf(value)})`);
    for (const place of chart.querySelectorAll(`[data-say=${name}]`)) place.textContent = String(value);
  }
  const zone = chart.querySelector('[data-zone]');
  zone?.setAttribute('y', String(yOf(Math.max(0, worth))));
  zone?.setAttribute('height', String(Number(floor) - yOf(Math.max(0, worth))));
  // A label under the lowest lines would meet those of the axis.
  chart.querySelector('[data-label]')?.setAttribute('y', worth < 2 ? '-7' : '18');
}
