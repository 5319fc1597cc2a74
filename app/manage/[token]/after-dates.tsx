import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Section } from '@/components/section';
import { getsFollowUps } from '@/db/messages/follow-up-choices';
import { setFollowUps } from './actions';
import type { Managed } from './load';

/** Whether e-mails come after the dates, for its client to say; nothing where the practice writes none. */
export async function AfterDates({ managed: { viewer, token } }: { managed: Managed }) {
  const isOn = await getsFollowUps(viewer);
  if (isOn === null) return null;
  return (
    <Section title="After your dates" id="after">
      <ActionForm action={setFollowUps} className="max-w-[36rem] print:hidden">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="wants" value={isOn ? 'off' : 'on'} />
        <p>
          {isOn
            ? 'After your last date we may write once, with a link to book it again.'
            : 'We write nothing after your dates.'}
        </p>
        <div className="mt-3">
          <Button kind="plain" slim>
            {isOn ? 'Write nothing after my dates' : 'Write to me again'}
          </Button>
        </div>
      </ActionForm>
    </Section>
  );
}
