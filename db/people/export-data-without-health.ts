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
  reminderPreferences,
  series,
  skips,
  textConsents,
  waitlistEntries,
} from '@/db/schema';
import { findPersonalDataIdsByEmail, tablesWithPersonalData } from './personal-data-ids';

// What somebody may download through the link to all their plans. Only a plan's own link shows its health answers, so
// this link shows none: each table and column without health data is listed here, and no other is included.

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
  pickColumns(reminderPreferences, ['seriesId', 'mode', 'skipped', 'chosenAt']),
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

/** All data under an address, except health data. */
export async function exportDataWithoutHealth({ email }: AllPlansViewer, { now }: Clock) {
  const db = await reader();
  const person = await findPersonalDataIdsByEmail(db, email);
  const exported: Record<string, Record<string, unknown>[]> = {};
  for (const { table, names } of EXPORTED_TABLES) {
    const finder = tablesWithPersonalData.find((entry) => entry.table === table)!;
    const found = (await db.select().from(table).where(finder.findRows(person))) as Record<string, unknown>[];
    // E-mails to staff about their plans are not theirs.
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
