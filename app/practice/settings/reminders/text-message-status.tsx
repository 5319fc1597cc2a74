import { Notice } from '@/components/notice';
import type { Owner } from '@/db/access/viewer';
import { getTextMessagingOverview } from '@/db/messages/text-messaging-overview';
import { canReceiveTextReplies, readTextGateway } from '@/text-gateway-settings';

const CHANNELS = { twilio: 'a text service', android: 'your own phone', mail: 'e-mails that become texts' };

/** Whether text messages are set up, and whether they get through. */
export async function TextMessageStatus({ viewer }: { viewer: Owner }) {
  const gateway = readTextGateway();
  if (!gateway)
    return (
      <p className="max-w-measure pb-8 text-soft">
        Text messages are not set up. Whoever runs this server can send them through a text service, a phone of yours or
        the mail server: docs/texts.md, which comes with Fortnight, says how.
      </p>
    );
  const { clients, sentToday, most, trouble } = await getTextMessagingOverview(viewer, { now: Date.now() });
  return (
    <div className="max-w-measure pb-8">
      <p className="text-soft">
        Texts go through {CHANNELS[gateway.way]}, to clients who have ticked that they want them: {clients} so far.
        Everyone else gets the e-mail. {sentToday} of at most {most} were sent in the last 24 hours.
        {!canReceiveTextReplies(gateway) &&
          ' A STOP that is sent back cannot be heard, so each text has a link to end them.'}
      </p>
      {trouble && (
        <div className="mt-4">
          <Notice tone="bad" title="The last text was not sent">
            <p>{trouble}</p>
          </Notice>
        </div>
      )}
    </div>
  );
}
