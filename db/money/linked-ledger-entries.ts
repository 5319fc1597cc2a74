import { randomUUID } from 'node:crypto';
import type { AppointmentBill, LedgerEntry } from './bills';
import { buildCorrectionEntry, buildSmallerLapseEntry, computeAccountBalances } from './build-ledger-entries';
import type { LedgerDecision } from './write-ledger-entry';

// Some entries come with others, and are reversed with them: a price that is owed again with the refund that it makes up
// for, and what was kept for a fee with that fee. Their form keys say so, in place of a form's.

type Keyed = Pick<LedgerEntry, 'kind' | 'formKey'>;

const OWED_AGAIN = 'owed again:';
const KEPT = 'kept:';

/** The key of the charge that makes up for a refund. A refund has one at most. */
export function toOwedAgainKey(refundId: string): string {
  return `${OWED_AGAIN}${refundId}`;
}

/** The charges of what was refunded and is owed again: all that stand besides the price. Older ones have no key. */
export function listOwedAgain(entries: LedgerEntry[]): LedgerEntry[] {
  const charges = entries.filter(({ kind, correctedBy }) => kind === 'charge' && !correctedBy);
  const price = charges.find(({ formKey }) => !formKey?.startsWith(OWED_AGAIN));
  return charges.filter((charge) => charge !== price);
}

/** The charge that makes up for a refund: by its key, or an older one of as much that came later. */
function findOwedAgain(entries: LedgerEntry[], { id, kind, at, lines }: LedgerEntry): LedgerEntry | undefined {
  if (kind !== 'refund') return undefined;
  const charges = listOwedAgain(entries);
  const isAsMuch = (charge: LedgerEntry) =>
    charge.formKey === null && charge.at >= at && charge.lines.owed === lines.sales;
  return charges.find(({ formKey }) => formKey === toOwedAgainKey(id)) ?? charges.find(isAsMuch);
}

/** A key for what was kept for fees. */
export function makeKeptKey(): string {
  return `${KEPT}${randomUUID()}`;
}

/** Whether an entry keeps for fees what was paid for a date that was cancelled or missed. */
export function isKept({ kind, formKey }: Keyed): boolean {
  return kind === 'lapse' && formKey !== null && formKey.startsWith(KEPT);
}

/** The correction of an entry, and with it those of what came with it. */
export function planReversal(
  { entries, status }: Pick<AppointmentBill, 'entries' | 'status'>,
  entry: LedgerEntry,
  reason: string,
): [LedgerDecision, ...LedgerDecision[]] {
  const correct = ({ id, lines }: LedgerEntry) => ({ entry: buildCorrectionEntry(lines), reason, correctsId: id });
  const standing = entries.filter(({ correctedBy }) => !correctedBy);
  const owedAgain = findOwedAgain(entries, entry);
  const planned: [LedgerDecision, ...LedgerDecision[]] = [correct(entry), ...(owedAgain ? [correct(owedAgain)] : [])];
  if (status !== 'cancelled' && status !== 'no_show') return planned;
  // Less lapses where less is owed: of a price that is not owed again after all, or for a fee that is reversed.
  let tooMuch = 0 - computeAccountBalances([...entries, ...planned.map((each) => each.entry)]).owed;
  const lapses = standing.filter((each) => each.kind === 'lapse' && isKept(each) === !owedAgain);
  for (const lapse of lapses.reverse()) {
    if (tooMuch <= 0) break;
    const less = Math.min(tooMuch, 0 - (lapse.lines.owed ?? 0));
    const rest = buildSmallerLapseEntry(lapse.lines, less);
    planned.push(correct(lapse));
    if (rest) planned.push({ entry: rest, reason, ...(isKept(lapse) && { formKey: makeKeptKey() }) });
    tooMuch -= less;
  }
  return planned;
}
