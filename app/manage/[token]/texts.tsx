import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Section } from '@/components/section';
import { getTextChoice, TEXT_CONSENT, type TextChoice } from '@/db/messages/text-consents';
import { sayReach } from '@/scheduling/wording';
import { setTexts } from './actions';
import { type Managed, upcoming } from './load';

/** Whether reminders may come by text, for its client to say; nothing where this practice sends none. */
export async function Texts({ managed }: { managed: Managed }) {
  const { viewer, token, practice } = managed;
  if (upcoming(managed).length === 0) return null;
  const choice = await getTextChoice(viewer);
  if (!choice) return null;
  const cannot = sayCannot(choice, sayReach(practice));
  const isOn = choice.state === 'on';
  return (
    <Section title="By text" aside="Without this, reminders come by e-mail." id="texts">
      {cannot ? (
        <p className="max-w-[36rem]">{cannot}</p>
      ) : (
        <ActionForm action={setTexts} className="max-w-[36rem] print:hidden">
          <input type="hidden" name="token" value={token} />
          {choice.state === 'unreachable' && (
            <p className="mb-2">The last text could not be delivered, so texts have stopped.</p>
          )}
          <label className="flex min-h-11 items-start gap-3 py-2">
            <input
              type="checkbox"
              name="texts"
              value="on"
              defaultChecked={isOn}
              className="mt-0.5 size-5 flex-none accent-euc"
            />
            <span>
              {TEXT_CONSENT}
              <span className="block text-small text-soft">
                The number that ends in {choice.ending}. At most three texts a day, and none at night.
              </span>
            </span>
          </label>
          <div className="mt-3">
            <Button kind="plain" slim>
              Save
            </Button>
          </div>
        </ActionForm>
      )}
    </Section>
  );
}

function sayCannot({ state, ending }: TextChoice, reach: string): string | null {
  if (state === 'no_number') return `We have no mobile number of yours. To get texts, ${reach}.`;
  if (state === 'unconfirmed') return 'To get texts, first press the link in our e-mail that confirms your address.';
  if (state === 'stopped')
    return `Whoever has the number that ends in ${ending} wanted no more texts. To get texts again, send START from it to the number they came from.`;
  return null;
}
