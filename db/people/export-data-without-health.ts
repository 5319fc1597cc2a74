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

// What somebody may see and download through the link to all their plans. Only a plan's own link shows its health
// answers, so this link shows none: each table and column without health data is listed here, and no other is included.

function pickColumns<T extends SQLiteTable, Name extends keyof T['$inferSelect'] & string>(table: T, names: Name[]) {
  return { table, names };
}

export const EXPORTED_TABLES = {
  clients: pickColumns(clients, ['id', 'name', 'email', 'phone', 'language', 'createdAt']),
  series: pickColumns(series, [
    'id',
    'clientId',
    'cadence',
    'firstOn',
    'localTime',
    'timeZone',
    'sessions',
    'bookedBy',
    'createdAt',
  ]),
  appointments: pickColumns(appointments, [
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
  skips: pickColumns(skips, ['seriesId', 'position', 'nominalOn', 'createdAt']),
  reminderPreferences: pickColumns(reminderPreferences, ['seriesId', 'mode', 'skipped', 'chosenAt']),
  textConsents: pickColumns(textConsents, ['clientId', 'number', 'way', 'words', 'agreedAt', 'endedAt', 'endedAs']),
  followUpOptOuts: pickColumns(followUpOptOuts, ['clientId', 'stoppedAt']),
  attendanceConfirmations: pickColumns(attendanceConfirmations, ['appointmentId', 'startAt', 'confirmedAt']),
  waitlistEntries: pickColumns(waitlistEntries, [
    'clientId',
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
    'dayParts',
    'atTime',
    'source',
    'createdAt',
    'confirmedAt',
    'endedAt',
    'endedAs',
  ]),
  ledgerEntries: pickColumns(ledgerEntries, [
    'id',
    'clientId',
    'at',
    'kind',
    'appointmentId',
    'currency',
    'receiptNumber',
    'correctsId',
  ]),
  ledgerLines: pickColumns(ledgerLines, ['entryId', 'account', 'amountCents']),
  outbox: pickColumns(outbox, ['kind', 'toEmail', 'createdAt', 'sentAt']),
  confirmedAddresses: pickColumns(confirmedAddresses, ['email', 'way', 'confirmedAt']),
  bouncedAddresses: pickColumns(bouncedAddresses, ['email', 'bouncedAt', 'isByHand']),
};

type ExportedTables = typeof EXPORTED_TABLES;
type Selected<Name extends keyof ExportedTables> = ExportedTables[Name]['table']['$inferSelect'];

/** The exported columns of each exported table, with instants in milliseconds. */
export type DataWithoutHealth = {
  [Name in keyof ExportedTables]: Pick<
    Selected<Name>,
    Extract<ExportedTables[Name]['names'][number], keyof Selected<Name>>
  >[];
};

/** All data under an address, except health data. */
export async function loadDataWithoutHealth({ email }: AllPlansViewer): Promise<DataWithoutHealth> {
  const db = await reader();
  const person = await findPersonalDataIdsByEmail(db, email);
  const loaded: Record<string, Row[]> = {};
  for (const [name, { table, names }] of Object.entries(EXPORTED_TABLES)) {
    const finder = tablesWithPersonalData.find((entry) => entry.table === table)!;
    const found = (await db
      .select()
      .from(table as SQLiteTable)
      .where(finder.findRows(person))) as Row[];
    // Messages to staff about their plans are not theirs. A text goes to a client's phone number.
    const isTheirs = ({ toEmail, kind }: Row) => toEmail === email || kind === 'reminder_text';
    const rows = table === outbox ? found.filter(isTheirs) : found;
    loaded[name] = rows.map((row) => Object.fromEntries(names.map((column) => [column, row[column] ?? null])));
  }
  return loaded as DataWithoutHealth;
}

type Row = Record<string, unknown>;

/** The same for a file: tables named as in the database, those without rows left out, and instants as ISO 8601 has them. */
export async function exportDataWithoutHealth(viewer: AllPlansViewer, { now }: Clock) {
  const loaded = await loadDataWithoutHealth(viewer);
  const kept: Record<string, Row[]> = {};
  for (const [name, { table }] of Object.entries(EXPORTED_TABLES)) {
    const rows = loaded[name as keyof ExportedTables] as Row[];
    if (rows.length > 0) kept[getTableName(table)] = rows.map(writeInstants);
  }
  return { address: viewer.email, exportedAt: new Date(now).toISOString(), kept };
}

function writeInstants(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' && /^at$|At$/.test(name) ? new Date(value).toISOString() : value,
    ]),
  );
}
