import type { MassageForm } from '@/db/offer/massage-form';
import type { MassageSettings } from '@/db/offer/massages';
import { formatMoney } from '@/scheduling/format-money';
import { getCurrencyDecimals } from '@/scheduling/parse-money';

interface Money {
  currency: string;
  locale: string;
}

/** An amount as it is typed into a field. */
export function toMoneyInputValue(cents: number, currency: string): string {
  const digits = getCurrencyDecimals(currency);
  return (cents / 10 ** digits).toFixed(digits);
}

/** A massage in one line: its prices, its lengths, and who may book it. */
export function formatMassageSummary(massage: MassageSettings, { currency, locale }: Money): string {
  const { lengths, therapistIds, roomIds, booking } = massage;
  const cheapest = Math.min(...lengths.map(({ priceCents }) => priceCents));
  const minutes = lengths.map((length) => length.minutes);
  const parts =
    minutes.length === 0
      ? ['No lengths yet']
      : [`From ${formatMoney(cheapest, currency, locale)}`, `${formatAll(minutes)} minutes`];
  if (booking !== 'online')
    parts.push({ approval: 'You approve', known: 'For clients who have come before', phone: 'By phone only' }[booking]);
  if (therapistIds.length === 0) parts.push('Nobody gives it yet');
  if (roomIds.length === 0) parts.push('No room for it yet');
  return parts.join('. ');
}

function formatAll(numbers: number[]): string {
  const [last, ...others] = [...numbers].reverse();
  return others.length === 0 ? `${last}` : `${others.reverse().join(', ')} and ${last}`;
}

/** The filled-in form fields of a massage; for a new one, two rows of lengths. */
export function toMassageFormValues(massage: MassageSettings | null, currency: string): MassageForm {
  const text = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value));
  const lengths = (massage?.lengths ?? []).map(({ minutes, priceCents }) => {
    return { minutes: String(minutes), price: toMoneyInputValue(priceCents, currency) };
  });
  const notice = massage?.noticeMinutes ?? null;
  return {
    name: massage?.name ?? '',
    summary: massage?.summary ?? '',
    suits: massage?.suits ?? '',
    pressure: String(massage?.pressure ?? 1),
    setupMinutes: String(massage?.setupMinutes ?? 0),
    cleanupMinutes: String(massage?.cleanupMinutes ?? 15),
    booking: massage?.booking ?? 'online',
    noticeHours: notice === null ? '' : String(Math.ceil(notice / 60)),
    windowDays: text(massage?.windowDays),
    latestStart: massage?.latestStart ?? '',
    lengths: lengths.length > 0 ? lengths : [{ minutes: '60', price: '' }],
    therapistIds: massage?.therapistIds ?? [],
    roomIds: massage?.roomIds ?? [],
  };
}
