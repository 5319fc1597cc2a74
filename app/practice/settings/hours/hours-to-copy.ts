import { makeShortNames } from '@/app/book/booking-wording';
import type { TherapistOrOwner } from '@/db/access/viewer';
import { getEditableHours, type TherapistToSetHours } from '@/db/practice/hours-plan';
import { addDays, mondayOf } from '@/scheduling/day';
import { formatDateWithoutWeekday } from '@/scheduling/formatting';
import type { HoursPlan } from '@/scheduling/hours-plan';
import type { CopyHoursOption } from './copy-hours-form';
import { findWeeklySetOn } from './describe-hours-plan';
import { type HoursFormValues, parseDayParam, readHoursFormValues, toWeekFormValues } from './hours-form-values';

// The hours of every therapist whose hours the viewer sets, and which of them the weekly form starts with.

/** Plans of hours by therapist id. */
export async function listHoursByTherapist(
  viewer: TherapistOrOwner,
  owners: TherapistToSetHours[],
  today: string,
): Promise<Map<string, HoursPlan>> {
  const plans = await Promise.all(owners.map(({ id }) => getEditableHours(viewer, id, today)));
  return new Map(owners.flatMap(({ id }, k) => (plans[k] ? [[id, plans[k]] as const] : [])));
}

/** The initial values of the weekly form: the hours that somebody chose to copy, or those of next Monday. */
export function getInitialWeekValues(
  plans: Map<string, HoursPlan>,
  who: string,
  plan: HoursPlan,
  query: Record<string, string | string[] | undefined>,
  today: string,
): HoursFormValues {
  const [therapistId = '', validFrom = ''] = String(query.copy ?? '').split('~');
  const copied = plans.get(therapistId)?.sets.find((set) => set.validFrom === validFrom);
  const from =
    parseDayParam(
      readHoursFormValues((name) => query[name]),
      'from',
    ) || addDays(mondayOf(today), 7);
  return { who, from, ...toWeekFormValues((copied ?? findWeeklySetOn(plan, from)).week) };
}

/** The present and the planned hours of each therapist. */
export function listHoursToCopy(
  plans: Map<string, HoursPlan>,
  owners: TherapistToSetHours[],
  today: string,
  locale: string,
): CopyHoursOption[] {
  const shortNames = makeShortNames(owners);
  return owners.flatMap(({ id }) => {
    const { sets } = plans.get(id)!;
    const now = findWeeklySetOn(plans.get(id)!, today);
    return sets
      .filter((set) => set === now || set.validFrom > today)
      .map((set) => ({
        value: `${id}~${set.validFrom}`,
        label: `${shortNames[id]}, ${set === now ? 'now' : `from ${formatDateWithoutWeekday(set.validFrom, 'full', locale)}`}`,
      }));
  });
}
