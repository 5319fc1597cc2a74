import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import type { DataWithoutHealth } from '@/db/people/export-data-without-health';
import type { NamesById } from '@/db/practice/names-by-id';
import type { Practice } from '@/db/practice/practice';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { formatCadence, formatDay, formatWallTime, formatWeekdayPlural } from '@/scheduling/formatting';

/** What every section of the page is drawn from. */
export interface KeptData {
  data: DataWithoutHealth;
  names: NamesById;
  practice: Practice;
  now: number;
}

/** 'Thu 17 Dec, 11:30', on the practice's clock. */
export function formatMoment(instant: number, { practice, now }: Pick<KeptData, 'practice' | 'now'>): string {
  return formatDayAndTime(instant, practice, now);
}

/** Whose row it is; null where only one person uses the address. */
export function findNameAmongSeveral({ clients }: DataWithoutHealth, clientId: string | null | undefined) {
  return clients.length > 1 ? (clients.find(({ id }) => id === clientId)?.name ?? null) : null;
}

/** The name of the person whose date it is; null where only one person uses the address. */
export function findNameOfDate(data: DataWithoutHealth, appointmentId: string | null): string | null {
  const date = data.appointments.find(({ id }) => id === appointmentId);
  return findNameAmongSeveral(data, data.series.find(({ id }) => id === date?.seriesId)?.clientId);
}

type Plan = DataWithoutHealth['series'][number];

/** 'Tuesdays at 18:00, every week', or of one date 'Tuesday 1 December 2026 at 18:00'. */
export function formatPlan({ cadence, firstOn, localTime }: Plan, { locale }: Practice): string {
  const time = formatWallTime(localTime, locale);
  return cadence === 'once'
    ? `${formatDay(firstOn, 'full', locale)} at ${time}`
    : `${formatWeekdayPlural(firstOn)} at ${time}, ${formatCadence(cadence)}`;
}

/** 'Eight dates from Tuesday 1 December 2026'. */
export function formatPlanLength({ firstOn, sessions }: Plan, { locale }: Practice): string {
  const count = capitalizeFirstLetter(formatNumberInWords(sessions));
  return `${count} ${sessions === 1 ? 'date' : 'dates'} from ${formatDay(firstOn, 'full', locale)}`;
}
