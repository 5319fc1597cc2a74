import type { ReactNode } from 'react';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import type { AppointmentFacts } from '@/db/appointments/calendar';
import { cancel } from './actions';
import type { CancelReach } from './scope';
import { VersionField } from './version-field';
import { WhoIsTold } from './who-is-told';

export function CancelForm(props: { facts: AppointmentFacts; reach: CancelReach; back: string; keepHref: string }) {
  const { facts, reach, back, keepHref } = props;
  const { following, all, colleagues } = reach;
  return (
    <ActionForm action={cancel} className="mt-6 grid gap-3 border-t-2 border-clay pt-4">
      <VersionField facts={facts} back={back} />
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-semibold">Cancel what?</legend>
        <Scope value="this" isFirst>
          This one only
        </Scope>
        {following > 0 && <Scope value="following">This and the {following === 1 ? 'one' : following} after it</Scope>}
        {all > following && (
          <Scope value="all">This and the other {all === 1 ? 'upcoming date' : `${all} upcoming dates`}</Scope>
        )}
      </fieldset>
      <p className="text-small text-soft">
        {colleagues > 0 &&
          `${colleagues === 1 ? 'One date' : `${colleagues} dates`} of this series with a colleague ${colleagues === 1 ? 'stays' : 'stay'} as planned. `}
        <WhoIsTold client={facts.client} /> The time is free again at once.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button slim>Cancel and tell the client</Button>
        <ButtonLink href={keepHref} kind="plain" slim>
          Keep it
        </ButtonLink>
      </div>
    </ActionForm>
  );
}

function Scope({ value, isFirst = false, children }: { value: string; isFirst?: boolean; children: ReactNode }) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="radio" name="scope" value={value} defaultChecked={isFirst} className="size-5 accent-euc" />
      <span>{children}</span>
    </label>
  );
}
