import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import type { AppointmentFacts } from '@/db/appointments/calendar';
import { cancel } from './actions';
import type { CancelReach } from './scope';
import { ScopeFields } from './scope-fields';
import { VersionField } from './version-field';
import { WhoIsTold } from './who-is-told';

export function CancelForm(props: { facts: AppointmentFacts; reach: CancelReach; back: string; keepHref: string }) {
  const { facts, reach, back, keepHref } = props;
  const { colleagues } = reach;
  return (
    <ActionForm action={cancel} className="mt-6 grid gap-3 border-t-2 border-clay pt-4">
      <VersionField facts={facts} back={back} />
      <ScopeFields legend="Cancel what?" reach={reach} />
      <p className="text-small text-soft">
        {colleagues > 0 &&
          `${colleagues === 1 ? 'One date' : `${colleagues} dates`} of this series with a colleague ${colleagues === 1 ? 'stays' : 'stay'} as planned. `}
        <WhoIsTold client={facts.client} /> The time is free again at once.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button kind="cancel" slim>
          Cancel and tell the client
        </Button>
        <ButtonLink href={keepHref} kind="plain" slim>
          Keep it
        </ButtonLink>
      </div>
    </ActionForm>
  );
}
