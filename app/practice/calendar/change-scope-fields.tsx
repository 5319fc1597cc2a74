import type { ReactNode } from 'react';
import type { AppointmentScope } from '@/db/input/field-schemas';
import type { ScopeCounts } from './count-dates-in-scope';

/** This date, or others of its series too. */
export function ChangeScopeFields(props: {
  legend: string;
  reach: Pick<ScopeCounts, 'following' | 'all'>;
  chosen?: AppointmentScope;
}) {
  const { legend, reach, chosen = 'this' } = props;
  const { following, all } = reach;
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-semibold">{legend}</legend>
      <Scope value="this" chosen={chosen}>
        This one only
      </Scope>
      {following > 0 && (
        <Scope value="following" chosen={chosen}>
          This and the {following === 1 ? 'one' : following} after it
        </Scope>
      )}
      {all > following && (
        <Scope value="all" chosen={chosen}>
          This and the other {all === 1 ? 'upcoming date' : `${all} upcoming dates`}
        </Scope>
      )}
    </fieldset>
  );
}

function Scope({
  value,
  chosen,
  children,
}: {
  value: AppointmentScope;
  chosen: AppointmentScope;
  children: ReactNode;
}) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="radio" name="scope" value={value} defaultChecked={value === chosen} className="size-5 accent-euc" />
      <span>{children}</span>
    </label>
  );
}
