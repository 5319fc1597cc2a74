import { OptionLabel } from '@/components/choice';
import { Section } from '@/components/section';
import { getTextChoice, TEXT_CONSENT, type TextChoice } from '@/db/messages/text-consents';
import { byMail } from '@/mail/mail-server';
import { sayReach } from '@/scheduling/wording';
import { hearsReplies, textGateway } from '@/text-gateway';
import { setTexts } from './actions';
import { ChoiceForm } from './choice-form';
import { type ManagedSeries, upcoming } from './load';

/** Whether reminders may come by text, for its client to say; nothing where this practice sends none. */
export async function TextMessageChoice({ managed }: { managed: ManagedSeries }) {
  const { viewer, token, practice } = managed;
  if (upcoming(managed).length === 0) return null;
  const choice = await getTextChoice(viewer);
  if (!choice) return null;
  const gateway = textGateway();
  const cannot = sayCannot(choice, { reach: sayReach(practice), isHeard: gateway !== null && hearsReplies(gateway) });
  return (
    <Section
      title="By text"
      aside={byMail('Without this, reminders come by e-mail.', 'This site sends no e-mail yet.')}
      id="texts"
    >
      {cannot ? (
        <p className="max-w-[36rem]">{cannot}</p>
      ) : (
        <ChoiceForm action={setTexts} token={token}>
          {choice.state === 'unreachable' && (
            <p className="mb-2">The last text could not be delivered, so texts have stopped.</p>
          )}
          {choice.state === 'ended' && (
            <p className="mb-2">“Send me no more texts” was pressed in the link of a text, so texts have stopped.</p>
          )}
          <OptionLabel
            {...{ type: 'checkbox', name: 'texts', value: 'on', isChosen: choice.state === 'on' }}
            hint={`The number that ends in ${choice.ending}. At most three texts a day, and none at night.`}
          >
            {TEXT_CONSENT}
          </OptionLabel>
        </ChoiceForm>
      )}
    </Section>
  );
}

function sayCannot({ state, ending }: TextChoice, { reach, isHeard }: { reach: string; isHeard: boolean }) {
  if (state === 'no_number') return `We have no mobile number of yours. To get texts, ${reach}.`;
  if (state === 'unconfirmed') return 'To get texts, first press the link in our e-mail that confirms your address.';
  if (state !== 'stopped') return null;
  const how = isHeard
    ? 'send START from it to the number they came from'
    : 'open the link in the last of them and press “Send me texts again”';
  return `Whoever has the number that ends in ${ending} wanted no more texts. To get texts again, ${how}.`;
}
