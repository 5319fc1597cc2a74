import { countTextReply } from '@/counters';
import { isBusy } from '@/db/connection/database-busy';
import { takeReply } from '@/db/messages/text-consents';
import { log } from '@/log';
import { readReply } from '@/scheduling/texts';
import { textGateway } from '@/text-gateway';
import { readIncoming } from './read-incoming';

const LONGEST = 20_000;

/** What comes back to a text: only STOP and START are read, everything else is counted and forgotten. */
export async function POST(request: Request): Promise<Response> {
  const gateway = textGateway();
  const body = await request.text();
  const incoming = gateway && body.length <= LONGEST ? readIncoming(gateway, request.headers, body, Date.now()) : null;
  if (!incoming) {
    countTextReply('refused');
    return new Response('This was not signed by the gateway of this practice.\n', { status: 403 });
  }
  const reply = readReply(incoming.text);
  countTextReply(reply ?? 'other');
  try {
    if (reply)
      log('info', 'text_reply', {
        reply,
        clients: await takeReply({ from: incoming.from, reply }, { now: Date.now() }),
      });
  } catch (error) {
    if (!isBusy(error)) throw error;
    // The gateway sends it again.
    return new Response(null, { status: 503, headers: { 'Retry-After': '10' } });
  }
  // Nothing is sent back: a service that knows STOP answers it by itself.
  return new Response('<?xml version="1.0" encoding="UTF-8"?><Response/>', { headers: { 'Content-Type': 'text/xml' } });
}
