import { getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { AllPlansViewer } from '@/db/access/all-plans-links';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import {
  appointments,
  attendanceConfirmations,
  bouncedAddresses,
  clients,
  confirmedAddresses,
  followUpOptOuts,
  ledgerEntries,
  ledgerLines,
  outbox,
  reminderChoices,
  series,
  skips,
  textConsents,
  waitlistEntries,
} from '@/db/schema';
import { findRowIdsByEmail, tablesWithPersonalData } from './client-row-ids';

// What somebody may take along by the link to all their plans. A link shows the health answers of its own plan alone, and
// this one is of none: so each table and each column is named here that holds nothing of health, and no other is given.

function pickColumns<T extends SQLiteTable>(table: T, names: (keyof T['$inferSelect'] & string)[]) {
  return { table: table as SQLiteTable, names: names as string[] };
}

const EXPORTED_TABLES = [
  pickColumns(clients, ['name', 'email', 'phone', 'language', 'createdAt']),
  pickColumns(series, ['id', 'cadence', 'firstOn', 'localTime', 'timeZone', 'sessions', 'bookedBy', 'createdAt']),
  pickColumns(appointments, [
    'id',
    'seriesId',
    'position',
    'therapistId',
    'roomId',
    'serviceId',
    'status',
    'startAt',
    'endAt',
    'minutes',
    'priceCents',
    'currency',
    'createdAt',
    'movedAt',
    'cancelledAt',
    'cancelledBy',
    'completedAt',
    'noShowAt',
    'arrivedAt',
    'begunAt',
    'isLateCancel',
    'movesByClient',
  ]),
  pickColumns(skips, ['seriesId', 'position', 'nominalOn', 'createdAt']),
  pickColumns(reminderChoices, ['seriesId', 'mode', 'skipped', 'chosenAt']),
  pickColumns(textConsents, ['number', 'way', 'words', 'agreedAt', 'endedAt', 'endedAs']),
  pickColumns(followUpOptOuts, ['stoppedAt']),
  pickColumns(attendanceConfirmations, ['appointmentId', 'startAt', 'confirmedAt']),
  pickColumns(waitlistEntries, [
    'pendingName',
    'pendingEmail',
    'pendingPhone',
    'bookedBy',
    'serviceId',
    'minutes',
    'therapistId',
    'cadence',
    'sessions',
    'fromOn',
    'untilOn',
    'atTime',
    'source',
    'createdAt',
    'confirmedAt',
    'endedAt',
    'endedAs',
  ]),
  pickColumns(ledgerEntries, ['id', 'at', 'kind', 'appointmentId', 'currency', 'receiptNumber']),
  pickColumns(ledgerLines, ['entryId', 'account', 'amountCents']),
  pickColumns(outbox, ['kind', 'toEmail', 'createdAt', 'sentAt']),
  pickColumns(confirmedAddresses, ['email', 'way', 'confirmedAt']),
  pickColumns(bouncedAddresses, ['email', 'bouncedAt', 'isByHand']),
];

/** What is kept under an address, but for what tells of health. */
export async function exportDataWithoutHealth({ email }: AllPlansViewer, { now }: Clock) {
  const db = await reader();
  const person = await findRowIdsByEmail(db, email);
  const exported: Record<string, Record<string, unknown>[]> = {};
  for (const { table, names } of EXPORTED_TABLES) {
    const finder = tablesWithPersonalData.find((entry) => entry.table === table)!;
    const found = (await db.select().from(table).where(finder.findRows(person))) as Record<string, unknown>[];
    // What was written about their plans to those who work here is no mail of theirs.
    const rows = table === outbox ? found.filter(({ toEmail }) => toEmail === email) : found;
    if (rows.length > 0)
      exported[getTableName(table)] = rows.map((row) =>
        Object.fromEntries(names.map((name) => [name, exportValue(name, row)])),
      );
  }
  return { address: email, exportedAt: new Date(now).toISOString(), kept: exported };
}

function exportValue(name: string, row: Record<string, unknown>): unknown {
  const value = row[name] ?? null;
  return typeof value === 'number' && /^at$|At$/.test(name) ? new Date(value).toISOString() : value;
}
