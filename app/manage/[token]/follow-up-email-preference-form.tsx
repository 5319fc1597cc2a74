import { Section } from '@/components/section';
import { getFollowUpEmailPreference } from '@/db/booking/follow-up-email-preference';
import { setFollowUpMail } from './actions';
import type { ManagedSeries } from './managed-series';
import { MessagePreferenceForm } from './message-preference-form';

/** Lets the client choose whether e-mails are sent after the dates; draws nothing where the practice sends none. */
export async function FollowUpEmailPreferenceForm({ managed: { viewer, token } }: { managed: ManagedSeries }) {
  const isOn = await getFollowUpEmailPreference(viewer);
  if (isOn === null) return null;
  return (
    <Section title="After your dates" id="after">
      <MessagePreferenceForm
        action={setFollowUpMail}
        token={token}
        save={isOn ? 'Write nothing after my dates' : 'Write to me again'}
      >
        <input type="hidden" name="wants" value={isOn ? 'off' : 'on'} />
        <p>
          {isOn
            ? 'After your last date we may write once, with a link to book it again.'
            : 'We write nothing after your dates.'}
        </p>
      </MessagePreferenceForm>
    </Section>
  );
}
