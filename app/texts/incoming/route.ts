import { countTextReply } from '@/counters';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { handleStopOrStart } from '@/db/messages/text-consents';
import { recordTextDeliveryReport } from '@/db/messages/text-delivery-reports';
import { log } from '@/log';
import { parseTextReply } from '@/scheduling/text-messages';
import { readTextGateway } from '@/text-gateway-settings';
import { type GatewayCallback, readGatewayCallback } from './read-gateway-callback';

const LONGEST = 20_000;

/**
 * Receives replies to text messages, and reports of what became of them. Of replies only STOP and START are acted on;
 * everything else is counted and discarded.
 */
export async function POST(request: Request): Promise<Response> {
  const gateway = readTextGateway();
  const body = await request.text();
  const received = { headers: request.headers, search: new URL(request.url).search, body };
  const incoming = gateway && body.length <= LONGEST ? readGatewayCallback(gateway, received, Date.now()) : null;
  if (!incoming) {
    countTextReply('refused');
    return new Response('This was not signed by the gateway of this practice.\n', { status: 403 });
  }
  try {
    await take(incoming);
  } catch (error) {
    if (!isDatabaseBusy(error)) throw error;
    // With a 503 the gateway sends it again.
    return new Response(null, { status: 503, headers: { 'Retry-After': '10' } });
  }
  // The answer sends no text back: a service that knows STOP answers it by itself.
  return new Response('<?xml version="1.0" encoding="UTF-8"?><Response/>', { headers: { 'Content-Type': 'text/xml' } });
}

async function take(incoming: GatewayCallback): Promise<void> {
  const now = Date.now();
  if ('report' in incoming) {
    const { report } = incoming;
    const isNews = report !== null && (await recordTextDeliveryReport(report, { now }));
    if (isNews && report.state === 'failed') log('warn', 'text_not_delivered', { text: report.id, error: report.why });
    return;
  }
  const reply = parseTextReply(incoming.text);
  countTextReply(reply ?? 'other');
  if (reply)
    log('info', 'text_reply', { reply, clients: await handleStopOrStart({ from: incoming.from, reply }, { now }) });
}
