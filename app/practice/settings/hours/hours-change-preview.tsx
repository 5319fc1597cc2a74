import { makeShortNames } from '@/app/book/booking-wording';
import { listTherapistsOfDates } from '@/app/practice/date-decisions/date-decisions-form-data';
import { describeExceededCaps } from '@/app/practice/date-decisions/describe-exceeded-caps';
import { describePaidDate } from '@/app/practice/date-decisions/describe-paid-date';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { ClashMark } from '@/components/date-state-mark';
import { Notice } from '@/components/notice';
import type { DateWithReplacementTimes } from '@/db/booking/propose-replacement-times';
import type { HoursPreview } from '@/db/booking/save-hours';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { saveHoursChange } from './actions';
import { type HoursFormValues, hoursSettingsHref } from './hours-form-values';

interface Place {
  timeZone: string;
  currency: string;
  locale: string;
}

/** The booked dates that fall outside the new hours, the choices for each, and the one button that saves everything. */
export function HoursChangePreview(props: {
  fields: HoursFormValues;
  preview: HoursPreview;
  button: string;
  practice: Place;
  /** Whether the suggestion for each date is chosen already. */
  takesAll: boolean;
}) {
  const { fields, preview, button, practice, takesAll } = props;
  const { stranded } = preview;
  if (preview.isSame) {
    return (
      <Notice tone="quiet" title="Nothing would change">
        These are the hours that stand already.
      </Notice>
    );
  }
  return (
    <ActionForm action={saveHoursChange}>
      {Object.entries({ ...fields, plan: preview.seen }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {stranded.length === 0 ? (
        <p className="mb-6">No booked date falls outside.</p>
      ) : (
        <div className="mb-6 border-y-2 border-clay bg-sheet px-4 py-5 mid:px-6">
          <h3 className="flex items-center gap-2.5">
            <span className="text-clay">
              <ClashMark />
            </span>
            {stranded.length === 1 ? 'One booked date falls outside' : `${stranded.length} booked dates fall outside`}
          </h3>
          <p className="mb-3 text-small text-soft">
            {stranded.length === 1 ? 'It was' : 'They were'} booked under the old hours. Choose for{' '}
            {stranded.length === 1 ? 'it' : 'each'}. Nobody is told until you save.
          </p>
          <TakeAll count={stranded.filter(({ places }) => isSuggestion(places[0])).length} {...{ fields, takesAll }} />
          <ol key={String(takesAll)}>
            {stranded.map((date) => (
              <Stranded key={date.uid} date={date} practice={practice} takesAll={takesAll} />
            ))}
          </ol>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <Button broad>{button}</Button>
        {stranded.length > 0 && (
          <p className="text-small text-soft">
            What you keep stays booked, outside the hours.{' '}
            {pickTextByMailEnabled(
              'Whoever is moved or cancelled gets an e-mail.',
              'No mail server is set, so no e-mail is sent: tell whoever is moved or cancelled.',
            )}
          </p>
        )}
      </div>
    </ActionForm>
  );
}

/** What takes somebody beyond their caps may be chosen, but is not suggested. */
function isSuggestion(place: DateWithReplacementTimes['places'][number] | undefined): boolean {
  return place !== undefined && place.exceeds === undefined;
}

/** One button that chooses all suggestions. It saves nothing, and each choice can still be changed. */
function TakeAll({ count, fields, takesAll }: { count: number; fields: HoursFormValues; takesAll: boolean }) {
  if (count < 2) return null;
  if (takesAll)
    return (
      <p id="all" className="mb-3 text-small font-medium" role="status">
        All {count} suggestions are chosen. Change what you like; nothing is saved yet.
      </p>
    );
  return (
    <p className="mb-3">
      <ButtonLink kind="plain" slim href={`${hoursSettingsHref(fields, { take: 'all' })}#before`}>
        Take all {count} suggestions
      </ButtonLink>
    </p>
  );
}

function Stranded({
  date,
  practice,
  takesAll,
}: {
  date: DateWithReplacementTimes;
  practice: Place;
  takesAll: boolean;
}) {
  const { uid, version, startsAt, therapistId, clientName, service, position, sessions, places } = date;
  const { locale } = practice;
  const dayOf = (instant: number) => toWallTime(practice.timeZone, instant).on;
  const formatStart = (instant: number) => formatTime(practice.timeZone, instant, locale);
  const when = `${formatDay(dayOf(startsAt), 'short', locale)}, ${formatStart(startsAt)}`;
  const shortNames = makeShortNames(listTherapistsOfDates([date]));
  const formatPlace = (place: DateWithReplacementTimes['places'][number]) => {
    const day =
      dayOf(place.startsAt) === dayOf(startsAt) ? '' : `${formatDay(dayOf(place.startsAt), 'short', locale)}, `;
    if (place.therapistId === therapistId) return `Move to ${day}${formatStart(place.startsAt)}`;
    const time = place.startsAt === startsAt ? 'same hour' : `${day}${formatStart(place.startsAt)}`;
    return `${shortNames[place.therapistId]}, ${time}`;
  };
  const name = `date-${uid}`;
  return (
    <li className="border-t border-line py-3">
      <fieldset className="grid items-center gap-x-6 gap-y-2 wide:grid-cols-[minmax(0,1fr)_auto]">
        <legend className="contents">
          <span>
            <b className="block font-serif text-[1.0625rem] leading-6 font-medium">{when}</b>
            <span className="text-small text-soft">
              <bdi className="wrap-anywhere">{clientName}</bdi>, {service},{' '}
              {sessions === 1 ? 'once' : `${position} of ${sessions}`}
            </span>
          </span>
        </legend>
        <input type="hidden" name="seen" value={`${uid}.${version}`} />
        <span className="flex flex-wrap gap-2 mid:gap-0 mid:*:-ml-px mid:*:rounded-none">
          <Choice name={name} value="keep" isFirst={!takesAll || !isSuggestion(places[0])}>
            Keep it
          </Choice>
          {places.map((place, at) => (
            <Choice
              key={`${place.startsAt} ${place.therapistId}`}
              name={name}
              value={`move.${place.startsAt}.${place.therapistId}`}
              isFirst={takesAll && at === 0 && isSuggestion(place)}
            >
              {formatPlace(place)}
            </Choice>
          ))}
          <Choice name={name} value="cancel">
            Cancel it
          </Choice>
        </span>
        {places.map(
          (place) =>
            place.exceeds && (
              <p
                key={`${place.startsAt} ${place.therapistId}`}
                className="text-small font-medium text-clay wide:col-span-2"
              >
                {formatPlace(place)}:{' '}
                {describeExceededCaps(place.exceeds, shortNames[place.therapistId] ?? place.therapist)}
              </p>
            ),
        )}
        {date.paidCents > 0 && (
          <p className="text-small wide:col-span-2">{describePaidDate(date.paidCents, practice)}</p>
        )}
        {places.length === 0 && <p className="text-small text-soft wide:col-span-2">Nothing else is free near it.</p>}
      </fieldset>
    </li>
  );
}

function Choice(props: { name: string; value: string; isFirst?: boolean; children: React.ReactNode }) {
  return (
    <label className="relative grid min-h-11 flex-auto cursor-pointer place-items-center rounded border border-edge bg-sheet px-3 text-[0.9375rem] mid:px-4 hover:border-euc has-checked:z-1 has-checked:border-euc has-checked:bg-euc has-checked:font-semibold has-checked:text-on-euc has-focus-visible:z-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-euc">
      <input type="radio" name={props.name} value={props.value} defaultChecked={props.isFirst} className="sr-only" />
      <span>{props.children}</span>
    </label>
  );
}
