import type { SeriesNotification } from '@/scheduling/notification';
import { clientMessage } from './client-messages';
import type { MessageContent } from './layout';
import type { Links } from './links';
import { seriesFacts } from './series-facts';
import { therapistMessage } from './therapist-messages';

/** What is told of a booking, a change or a cancellation. The question it came from and the note are left out. */
export function seriesMessage(notification: SeriesNotification, links: Links, now: number): MessageContent {
  const facts = seriesFacts(notification, now);
  return notification.audience === 'client'
    ? clientMessage(notification, facts, links)
    : therapistMessage(notification, facts, links);
}
