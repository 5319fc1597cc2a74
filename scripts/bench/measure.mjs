// Runs `work` until its times settle, and returns how long one run took, in milliseconds.

/**
 * @param {() => unknown} work
 * @param {{ warmup?: number, runs: number }} options
 */
export function measure(work, { warmup = 3, runs }) {
  for (let i = 0; i < warmup; i++) work();
  const times = [];
  for (let i = 0; i < runs; i++) {
    const before = performance.now();
    work();
    times.push(performance.now() - before);
  }
  return summarise(times);
}

/** @param {number[]} times */
export function summarise(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { p50: round(at(0.5)), p99: round(at(0.99)), n: sorted.length };
}

/** The power with which times grow: 1 is linear, 2 is quadratic. */
export function exponentOf(sizes, times) {
  const x = sizes.map(Math.log);
  const y = times.map(Math.log);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  return round(over / x.reduce((sum, value) => sum + (value - mx) ** 2, 0));
}

/** Rounds to four significant digits, which is more than a shared machine can promise. */
export function round(value) {
  return Number(value.toPrecision(4));
}
