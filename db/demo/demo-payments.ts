import { buildChargeEntry, buildPaymentEntry, type PaymentMethod } from '@/db/money/build-ledger-entries';
import type { appointments, LedgerAccount, ledgerEntries, ledgerLines } from '@/db/schema';

type Appointment = typeof appointments.$inferInsert;

export interface DemoPayments {
  entries: (typeof ledgerEntries.$inferInsert)[];
  lines: (typeof ledgerLines.$inferInsert)[];
}

const MINUTE = 60_000;

/** The payments of demo clients: seven of eight right after the massage, most by card, some with a tip. */
export function planDemoPayments(booked: Appointment[]): DemoPayments {
  const completed = booked.filter(({ status }) => status === 'completed').sort((a, b) => a.endAt - b.endAt);
  const found: DemoPayments = { entries: [], lines: [] };
  let receipt = 0;
  for (const [n, appointment] of completed.entries()) {
    if (n % 8 === 7) continue;
    const { id, clientId, priceCents, currency, therapistId, endAt } = appointment;
    const common = { at: endAt + 5 * MINUTE, clientId, appointmentId: id, currency, actor: `therapist:${therapistId}` };
    const way: PaymentMethod = n % 5 === 0 ? 'cash' : 'card';
    const rows = [
      { id: `${id}-charge`, entry: buildChargeEntry(priceCents), receiptNumber: null },
      { id: `${id}-paid`, entry: buildPaymentEntry(way, priceCents, n % 6 === 0 ? 500 : 0), receiptNumber: ++receipt },
    ];
    for (const { id: entryId, entry, receiptNumber } of rows) {
      found.entries.push({ ...common, id: entryId, kind: entry.kind, receiptNumber });
      for (const [account, amountCents] of Object.entries(entry.lines))
        found.lines.push({ entryId, account: account as LedgerAccount, amountCents });
    }
  }
  return found;
}
