import { CheckboxOrRadio } from '@/components/checkbox-or-radio';
import { Section } from '@/components/section';
import { getTextMessageConsent, TEXT_CONSENT_WORDING, type TextMessageConsent } from '@/db/messages/text-consents';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { canReceiveTextReplies, readTextGateway } from '@/text-gateway-settings';
import { setTextReminders } from './actions';
import { listUpcomingAppointments, type ManagedSeries } from './managed-series';
import { MessagePreferenceForm } from './message-preference-form';

/** Lets the client choose whether reminders may come by text message; draws nothing where this practice sends none. */
export async function TextMessageConsentForm({ managed }: { managed: ManagedSeries }) {
  const { viewer, token, practice } = managed;
  if (listUpcomingAppointments(managed).length === 0) return null;
  const consent = await getTextMessageConsent(viewer);
  if (!consent) return null;
  const gateway = readTextGateway();
  const cannot = describeWhyNoTexts(consent, {
    reach: formatHowToContact(practice),
    acceptsReplies: gateway !== null && canReceiveTextReplies(gateway),
  });
  return (
    <Section
      title="By text"
      aside={pickTextByMailEnabled('Without this, reminders come by e-mail.', 'This site sends no e-mail yet.')}
      id="texts"
    >
      {cannot ? (
        <p className="max-w-[36rem]">{cannot}</p>
      ) : (
        <MessagePreferenceForm action={setTextReminders} token={token}>
          {consent.state === 'unreachable' && (
            <p className="mb-2">The last text could not be delivered, so texts have stopped.</p>
          )}
          {consent.state === 'ended' && (
            <p className="mb-2">“Send me no more texts” was pressed in the link of a text, so texts have stopped.</p>
          )}
          <CheckboxOrRadio
            {...{ type: 'checkbox', name: 'texts', value: 'on', isChosen: consent.state === 'on' }}
            hint={`The number that ends in ${consent.ending}. At most three texts a day, and none at night.`}
          >
            {TEXT_CONSENT_WORDING}
          </CheckboxOrRadio>
        </MessagePreferenceForm>
      )}
    </Section>
  );
}

function describeWhyNoTexts(
  { state, ending }: TextMessageConsent,
  { reach, acceptsReplies }: { reach: string; acceptsReplies: boolean },
) {
  if (state === 'no_number') return `We have no mobile number of yours. To get texts, ${reach}.`;
  if (state === 'unconfirmed') return 'To get texts, first press the link in our e-mail that confirms your address.';
  if (state !== 'stopped') return null;
  const how = acceptsReplies
    ? 'send START from it to the number they came from'
    : 'open the link in the last of them and press “Send me texts again”';
  return `Whoever has the number that ends in ${ending} wanted no more texts. To get texts again, ${how}.`;
}
