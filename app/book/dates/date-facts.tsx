import type { Money } from '@/app/book/wording';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { sayDay, sayMinutes } from '@/scheduling/wording';
import { sayTooClose, type sayTotals } from './totals';

/** What the sums are made of, and nothing else of the practice: it is sent along with the page. */
export type PricedBy = Money & {
  timeZone: string;
  cancelCutoffMinutes: number;
  moveCutoffMinutes: number;
  holdMinutes: number;
  name: string;
  phone: string;
};

export function pricedBy(practice: PricedBy): PricedBy {
  const { timeZone, locale, currency, name, phone, cancelCutoffMinutes, moveCutoffMinutes, holdMinutes } = practice;
  return { timeZone, locale, currency, name, phone, cancelCutoffMinutes, moveCutoffMinutes, holdMinutes };
}

interface Props {
  totals: ReturnType<typeof sayTotals>;
  practice: PricedBy;
  houseRules: string;
  isSeries: boolean;
  now: number;
  className?: string;
}

/** What the dates cost, how long they take, when they end, and what holds if plans change. */
export function DateFacts({ totals, practice, houseRules, isSeries, now, className }: Props) {
  return (
    <DescriptionList {...(className ? { className } : {})}>
      <DescriptionItem label="Price">{totals.price}</DescriptionItem>
      <DescriptionItem label="Time">{totals.time}</DescriptionItem>
      {totals.lastOn && (
        <DescriptionItem label={totals.count === 1 ? 'Date' : 'Last date'}>
          {sayDay(totals.lastOn, 'full', practice.locale)}
        </DescriptionItem>
      )}
      <DescriptionItem label="If plans change">
        Cancel free until {sayMinutes(practice.cancelCutoffMinutes)} before. Move until{' '}
        {sayMinutes(practice.moveCutoffMinutes)} before.
        {isSeries && ' You can stop after any session.'} {sayTooClose(totals, practice, now)} {houseRules}
      </DescriptionItem>
    </DescriptionList>
  );
}
