import { connection } from 'next/server';
import { mayReadMetrics } from '@/app/metrics/may-read-metrics';
import { formatPrometheusMetrics } from '@/app/metrics/prometheus-text';
import { getCounters } from '@/counters';
import { gatherMetrics } from '@/db/operations/metrics';

// The metrics for Prometheus. Whoever may not read them gets a 404, as if there were none.
export async function GET(request: Request): Promise<Response> {
  await connection();
  if (!mayReadMetrics(request.headers, process.env.METRICS_TOKEN)) return new Response('Not found\n', { status: 404 });
  const now = Date.now();
  const { requests, refusals, doctorFirst, textReplies, outboxLookedAt } = getCounters();
  const { actions, appointments, outbox, databaseBytes } = await gatherMetrics(now);
  const since = (at: number | null) => (at === null ? null : Math.max(0, now - at) / 1000);
  const memory = process.memoryUsage();
  const text = formatPrometheusMetrics([
    {
      name: 'fortnight_http_requests_total',
      kind: 'counter',
      help: 'Requests answered since this process started, by class of status.',
      value: { label: 'status', counts: requests },
    },
    {
      name: 'fortnight_api_refusals_total',
      kind: 'counter',
      help: 'Calls of the API refused since this process started, by the code of the problem.',
      value: { label: 'code', counts: refusals },
    },
    {
      name: 'fortnight_doctor_first_total',
      kind: 'counter',
      help: 'Bookings left for the page that says to see a doctor first, since this process started.',
      value: doctorFirst,
    },
    {
      name: 'fortnight_text_replies_total',
      kind: 'counter',
      help: 'Answers to text messages since this process started, by what they were.',
      value: { label: 'reply', counts: textReplies },
    },
    {
      name: 'fortnight_done_total',
      kind: 'counter',
      help: 'What was ever done in this practice: booked is series.',
      value: { label: 'action', counts: actions },
    },
    {
      name: 'fortnight_appointments',
      kind: 'gauge',
      help: 'Appointments, by status.',
      value: { label: 'status', counts: appointments },
    },
    {
      name: 'fortnight_outbox_waiting',
      kind: 'gauge',
      help: 'Messages that are due and not yet sent.',
      value: outbox.waiting,
    },
    {
      name: 'fortnight_outbox_oldest_seconds',
      kind: 'gauge',
      help: 'How long the oldest of them has been due.',
      value: since(outbox.oldestDueAt) ?? 0,
    },
    { name: 'fortnight_outbox_dead', kind: 'gauge', help: 'Messages given up.', value: outbox.dead },
    {
      name: 'fortnight_outbox_worker_age_seconds',
      kind: 'gauge',
      help: 'How long ago the worker of this process last looked for mail. Absent without SMTP_URL and TEXTS_WAY.',
      value: since(outboxLookedAt),
    },
    {
      name: 'fortnight_database_bytes',
      kind: 'gauge',
      help: 'Size of the database, with its WAL on SQLite.',
      value: databaseBytes,
    },
    {
      name: 'process_resident_memory_bytes',
      kind: 'gauge',
      help: 'Resident memory of this process.',
      value: memory.rss,
    },
    { name: 'nodejs_heap_size_used_bytes', kind: 'gauge', help: "Used part of V8's heap.", value: memory.heapUsed },
    {
      name: 'process_start_time_seconds',
      kind: 'gauge',
      help: 'When this process started.',
      value: Math.round(now / 1000 - process.uptime()),
    },
  ]);
  return new Response(text, {
    headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
