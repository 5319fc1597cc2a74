import type { ReactNode } from 'react';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { Field } from '@/components/field';
import type { AppointmentFacts } from '@/db/appointments/appointment-facts';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { cancelAppointmentsOfForm } from './actions';
import { ChangeScopeFields } from './change-scope-fields';
import type { ScopeCounts } from './count-dates-in-scope';
import { HiddenAppointmentFields } from './hidden-appointment-fields';
import { NotificationNote } from './notification-note';
import { StickyPanelFooter } from './panel-frame';

export function CancelForm(props: { facts: AppointmentFacts; reach: ScopeCounts; back: string; keepHref: string }) {
  const { facts, reach, back, keepHref } = props;
  const { colleagues } = reach;
  return (
    <ActionForm action={cancelAppointmentsOfForm} className="mt-6 flex flex-col gap-3 border-t-2 border-clay pt-4">
      <HiddenAppointmentFields facts={facts} back={back} />
      <ChangeScopeFields legend="Cancel what?" reach={reach} />
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-semibold">Who wants it?</legend>
        <WhoCancelsOption value="practice" isFirst>
          {pickTextByMailEnabled('We do: the e-mail says sorry, and offers three other times', 'We do')}
        </WhoCancelsOption>
        <WhoCancelsOption value="client">The client asked us to</WhoCancelsOption>
      </fieldset>
      <Field
        label={pickTextByMailEnabled('Why, in the e-mail', 'Why')}
        name="reason"
        id="cancel-reason"
        optional
        maxLength={200}
        autoComplete="off"
        list="cancel-reasons"
        hint="Write nothing of anybody’s health: e-mails are read by others too."
      />
      <datalist id="cancel-reasons">
        {REASONS.map((reason) => (
          <option key={reason} value={reason} />
        ))}
      </datalist>
      <p className="text-small text-soft">
        {colleagues > 0 &&
          `${colleagues === 1 ? 'One date' : `${colleagues} dates`} of this series with a colleague ${colleagues === 1 ? 'stays' : 'stay'} as planned. `}
        <NotificationNote client={facts.client} /> The time is free again at once.
      </p>
      <StickyPanelFooter>
        <Button kind="cancel" slim>
          {pickTextByMailEnabled('Cancel and tell the client', 'Cancel it')}
        </Button>
        <ButtonLink href={keepHref} kind="plain" slim>
          Don’t cancel
        </ButtonLink>
      </StickyPanelFooter>
    </ActionForm>
  );
}

const REASONS = [
  'We have to close that day.',
  'Your therapist is away that day.',
  'Our hours have changed.',
  'The room cannot be used that day.',
];

function WhoCancelsOption(props: { value: 'practice' | 'client'; isFirst?: boolean; children: ReactNode }) {
  const { value, isFirst, children } = props;
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="radio" name="asked" value={value} defaultChecked={isFirst} className="size-5 flex-none accent-euc" />
      <span>{children}</span>
    </label>
  );
}
