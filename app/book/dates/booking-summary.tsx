import type { MoneyFormat } from '@/app/book/booking-wording';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { formatDay, formatDuration } from '@/scheduling/formatting';
import { type computeBookingTotals, describeTooLateToChange } from './booking-totals';

/** The parts of the practice that the totals need, and no others, because this is sent along with the page. */
export type SummaryPractice = MoneyFormat & {
  timeZone: string;
  cancelCutoffMinutes: number;
  moveCutoffMinutes: number;
  holdMinutes: number;
  name: string;
  phone: string;
};

export function pickSummaryPractice(practice: SummaryPractice): SummaryPractice {
  const { timeZone, locale, currency, name, phone, cancelCutoffMinutes, moveCutoffMinutes, holdMinutes } = practice;
  return { timeZone, locale, currency, name, phone, cancelCutoffMinutes, moveCutoffMinutes, holdMinutes };
}

interface Props {
  totals: ReturnType<typeof computeBookingTotals>;
  practice: SummaryPractice;
  houseRules: string;
  isSeries: boolean;
  now: number;
  className?: string;
}

/** What the dates cost, how long they take, when they end, and the rules if plans change. */
export function BookingSummary({ totals, practice, houseRules, isSeries, now, className }: Props) {
  return (
    <DescriptionList {...(className ? { className } : {})}>
      <DescriptionItem label="Price">{totals.price}</DescriptionItem>
      <DescriptionItem label="Time">{totals.time}</DescriptionItem>
      {totals.lastOn && (
        <DescriptionItem label={totals.count === 1 ? 'Date' : 'Last date'}>
          {formatDay(totals.lastOn, 'full', practice.locale)}
        </DescriptionItem>
      )}
      <DescriptionItem label="If plans change">
        Cancel free until {formatDuration(practice.cancelCutoffMinutes)} before. Move until{' '}
        {formatDuration(practice.moveCutoffMinutes)} before.
        {isSeries && ' You can stop after any session.'} {describeTooLateToChange(totals, practice, now)} {houseRules}
      </DescriptionItem>
    </DescriptionList>
  );
}
