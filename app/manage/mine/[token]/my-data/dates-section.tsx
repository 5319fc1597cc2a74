import { DateStateMark } from '@/components/date-state-mark';
import { Section } from '@/components/section';
import type { DataWithoutHealth } from '@/db/people/export-data-without-health';
import { formatHowOften } from '@/scheduling/count-wording';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay, formatStartAndEndTime, formatTime, formatZoneCity } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { findNameAmongSeveral, formatMoment, type KeptData } from './kept-data';
import { ForWhom, KeptRow, KeptRows } from './kept-row';

type KeptDate = DataWithoutHealth['appointments'][number];
type KeptSkip = DataWithoutHealth['skips'][number];

/** All dates with what became of them, and those that were skipped, the latest first. */
export function DatesSection(kept: KeptData) {
  const { data, practice } = kept;
  const rows = [
    ...data.appointments.map((date) => ({
      on: toWallTime(practice.timeZone, date.startAt).on,
      startAt: date.startAt,
      row: <DateRow key={date.id} date={date} kept={kept} />,
    })),
    ...data.skips.map((skip) => ({
      on: skip.nominalOn,
      startAt: 0,
      row: <SkipRow key={`${skip.seriesId} ${skip.position}`} skip={skip} kept={kept} />,
    })),
  ].sort((a, b) => b.on.localeCompare(a.on) || b.startAt - a.startAt);
  if (rows.length === 0) return null;
  return (
    <Section title="Your dates" aside={`The latest first. Times are ${formatZoneCity(practice.timeZone)}.`}>
      <KeptRows>{rows.map(({ row }) => row)}</KeptRows>
    </Section>
  );
}

function DateRow({ date, kept }: { date: KeptDate; kept: KeptData }) {
  const { data, names, practice, now } = kept;
  const { startAt: start, endAt: end, status, minutes, priceCents, currency, position } = date;
  const { timeZone, locale } = practice;
  const plan = data.series.find(({ id }) => id === date.seriesId);
  return (
    <KeptRow
      title={`${formatDay(toWallTime(timeZone, start).on, 'full', locale)}, ${formatStartAndEndTime(timeZone, { start, end }, locale)}`}
      mark={
        status === 'booked' && end <= now ? (
          <span className="text-[0.9375rem] leading-5 font-medium text-soft">Past</span>
        ) : (
          <DateStateMark state={status} />
        )
      }
    >
      <p>
        {names.services.get(date.serviceId)}, {minutes} minutes, with {names.therapists.get(date.therapistId)}, in{' '}
        {names.rooms.get(date.roomId)}, {formatMoney(priceCents, currency, locale)}
        <ForWhom name={findNameAmongSeveral(data, plan?.clientId)} />.
        {plan && plan.sessions > 1 && ` Session ${position} of ${plan.sessions}.`}
      </p>
      <p>{describeHistory(date, kept)}</p>
    </KeptRow>
  );
}

/** When it was booked, moved and cancelled, and how it went. */
function describeHistory(date: KeptDate, kept: KeptData): string {
  const { createdAt, movedAt, movesByClient, cancelledAt, cancelledBy, isLateCancel } = date;
  const { arrivedAt, begunAt, completedAt, noShowAt, startAt } = date;
  const { timeZone, locale } = kept.practice;
  const day = toWallTime(timeZone, startAt).on;
  const format = (instant: number) => formatMoment(instant, kept);
  const formatOnDay = (instant: number) =>
    toWallTime(timeZone, instant).on === day ? formatTime(timeZone, instant, locale) : format(instant);
  return [
    `Booked: ${format(createdAt)}.`,
    movedAt !== null && `Moved to this time: ${format(movedAt)}.`,
    movesByClient > 0 && `Moved online by you ${formatHowOften(movesByClient)}.`,
    cancelledAt !== null &&
      `Cancelled by ${cancelledBy === 'client' ? 'you' : 'the practice'}: ${format(cancelledAt)}.`,
    isLateCancel && 'Noted as cancelled late.',
    arrivedAt !== null && `Arrived: ${formatOnDay(arrivedAt)}.`,
    begunAt !== null && `Began: ${formatOnDay(begunAt)}.`,
    completedAt !== null && `Noted as done: ${format(completedAt)}.`,
    noShowAt !== null && `Noted as missed: ${format(noShowAt)}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function SkipRow({ skip, kept }: { skip: KeptSkip; kept: KeptData }) {
  const { data, practice } = kept;
  const plan = data.series.find(({ id }) => id === skip.seriesId);
  return (
    <KeptRow title={formatDay(skip.nominalOn, 'full', practice.locale)} mark={<DateStateMark state="skipped" />}>
      Left out of a plan
      <ForWhom name={findNameAmongSeveral(data, plan?.clientId)} />: date {skip.position}
      {plan && ` of ${plan.sessions}`}. Noted: {formatMoment(skip.createdAt, kept)}.
    </KeptRow>
  );
}
