interface Metric {
  name: string;
  kind: 'counter' | 'gauge';
  help: string;
  /** One number, or one number for each value of a label. */
  value: number | null | { label: string; counts: Record<string, number> };
}

/** Prometheus' text format, version 0.0.4. An unknown value is left out, never given as 0. */
export function formatPrometheusMetrics(metrics: Metric[]): string {
  const lines = metrics.flatMap(({ name, kind, help, value }) => {
    if (value === null) return [];
    const head = [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`];
    if (typeof value === 'number') return [...head, `${name} ${value}`];
    const samples = Object.entries(value.counts).sort(([a], [b]) => (a < b ? -1 : 1));
    return [...head, ...samples.map(([text, count]) => `${name}{${value.label}="${escaped(text)}"} ${count}`)];
  });
  return `${lines.join('\n')}\n`;
}

function escaped(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
