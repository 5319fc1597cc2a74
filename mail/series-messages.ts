import type { SeriesNotification } from '@/scheduling/notification-types';
import type { MessageContent } from './layout';
import type { MessageLinks } from './links';
import { gatherSeriesFacts } from './series-facts';
import { seriesMessageToClient } from './series-message-to-client';
import { seriesMessageToTherapist } from './series-message-to-therapist';

/**
 * The message about a booking, a change or a cancellation. The question page that it came from and the client's note
 * are left out.
 */
export function seriesMessage(notification: SeriesNotification, links: MessageLinks, now: number): MessageContent {
  const facts = gatherSeriesFacts(notification, now);
  return notification.audience === 'client'
    ? seriesMessageToClient(notification, facts, links)
    : seriesMessageToTherapist(notification, facts, links);
}
