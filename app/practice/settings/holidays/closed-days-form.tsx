'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { addClosedDays } from './actions';

/** Closes one day of one's own, or several of those `offered`. What is booked then is listed first. */
export function ClosedDaysForm({
  offered,
  from,
}: {
  offered: { on: string; name: string; said: string }[] | null;
  from: string;
}) {
  const { state, form, failure } = useActionForm(addClosedDays, {
    days: [],
    error: null,
    isBusy: false,
    stranded: null,
  });
  const { days, error, stranded } = state;
  const busy = state.isBusy && (
    <Notice tone="bad" title="The practice is busy" live>
      Nothing was changed. Try again in a moment.
    </Notice>
  );
  if (stranded) {
    return (
      <form key="asked" {...form} className="grid max-w-[40rem] gap-6">
        <Notice
          tone="bad"
          title={`${stranded.length === 1 ? 'One date is' : `${stranded.length} dates are`} booked then`}
          live
        >
          Nothing was closed yet. Each stays booked unless you tick it here. To move one, open it in the calendar first.
        </Notice>
        {days.map(({ on, name }) => (
          <input key={on} type="hidden" name="day" value={`${on} ${name}`} />
        ))}
        <ul className="border-b border-line">
          {stranded.map(({ uid, version, said, what, href }) => (
            <li key={uid} className="border-t border-line py-3">
              <input type="hidden" name="seen" value={`${uid}:${version}`} />
              <p>
                <bdi className="font-medium wrap-anywhere">{said}</bdi>
                <span className="block text-small text-soft">{what}</span>
              </p>
              <div className="flex flex-wrap items-center gap-x-6">
                <label className="flex min-h-11 items-center gap-3 text-small">
                  <input type="checkbox" name="cancel" value={uid} className="size-5 flex-none accent-euc" />
                  Cancel it<span className="sr-only">: {said}</span>
                </label>
                <a
                  href={href}
                  target="_blank"
                  rel="noreferrer"
                  className="inline-flex min-h-11 items-center text-small"
                >
                  Move it<span className="sr-only">: {said}</span>
                </a>
              </div>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center gap-4">
          <Button>{days.length === 1 ? 'Close this day' : `Close these ${days.length} days`}</Button>
          <a href="/practice/settings/holidays" className="inline-flex min-h-11 items-center">
            Close nothing
          </a>
        </div>
        {failure}
      </form>
    );
  }
  return (
    <form key={`choose ${JSON.stringify(days)}`} {...form} noValidate className="grid max-w-[40rem] gap-6">
      {busy}
      {offered ? (
        <fieldset>
          <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">Tick those on which you are closed</legend>
          {offered.map(({ on, name, said }) => (
            <label key={on} className="flex min-h-11 items-start gap-3 py-2">
              <input
                type="checkbox"
                name="day"
                value={`${on} ${name}`}
                defaultChecked={days.some((day) => day.on === on)}
                className="mt-0.5 size-5 flex-none accent-euc"
              />
              <span>
                {said} <span className="text-small text-soft">{name}</span>
              </span>
            </label>
          ))}
          {error && <p className="mt-2 text-small font-medium text-clay">{error}</p>}
        </fieldset>
      ) : (
        <>
          <Field label="Day" name="on" type="date" min={from} defaultValue={days[0]?.on} error={error} />
          <Field label="What it is" name="name" hint="Such as Christmas Day." defaultValue={days[0]?.name} />
        </>
      )}
      <div>
        <Button kind={offered ? 'plain' : 'fill'}>{offered ? 'Close the days ticked' : 'Close the day'}</Button>
        {failure}
      </div>
    </form>
  );
}
