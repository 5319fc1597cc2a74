import { deriveManageToken, hashToken } from '@/db/access/manage-tokens';
import { encryptBookingNote } from '@/db/appointments/booking-health-encryption';
import { type ClaimRequest, claimCells } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { buildClientSearchText } from '@/db/input/search-text';
import {
  appointments,
  clients,
  holidays,
  hoursOverrides,
  ledgerEntries,
  ledgerLines,
  manageTokens,
  practices,
  questionCounts,
  series,
  seriesQuestionPages,
  skips,
  timeOff,
} from '@/db/schema';
import { buildDemoRows } from './build-demo-rows';
import { insertDemoHealth } from './demo-health';
import { insertDemoNotes } from './demo-notes';
import { planDemoPayments } from './demo-payments';
import { insertDemoPractice } from './demo-practice';
import { insertDemoScores } from './demo-scores';
import { planDemoVisitCounts } from './demo-visits';

const YEAR = 365 * 86_400_000;
/** Shortly before its first dates, as reports count its open hours from there; too long ago to clear test bookings. */
const NINE_WEEKS = 63 * 86_400_000;

/** Whether this database has no practice yet. */
export async function hasNoPractice(db?: Db): Promise<boolean> {
  const found = await (db ?? (await reader())).select({ id: practices.id }).from(practices).limit(1);
  return found.length === 0;
}

/** Inserts the demo practice with its past and coming weeks, all or nothing. The same moment gives the same demo. */
export async function seedDemo(now: number): Promise<void> {
  const demo = buildDemoRows(now);
  await transact(async (tx) => {
    if (!(await hasNoPractice(tx))) return;
    await insertDemoPractice(tx, now - YEAR, { createdAt: now - NINE_WEEKS });
    await tx.insert(holidays).values(demo.holidays);
    if (demo.overrides.length > 0) await tx.insert(hoursOverrides).values(demo.overrides);
    await tx.insert(timeOff).values(demo.timeOff);
    await tx
      .insert(clients)
      .values(
        demo.clients.map((client) => ({ ...client, searchText: buildClientSearchText({ phone: null, ...client }) })),
      );
    await tx
      .insert(series)
      .values(demo.series.map(({ note, ...row }) => ({ ...row, sealedNote: encryptBookingNote(note) })));
    await tx.insert(seriesQuestionPages).values(demo.questions);
    await tx.insert(questionCounts).values(planDemoVisitCounts(demo.questions, now));
    if (demo.skips.length > 0) await tx.insert(skips).values(demo.skips);
    await tx.insert(appointments).values(demo.appointments);
    const paid = planDemoPayments(demo.appointments);
    await tx.insert(ledgerEntries).values(paid.entries);
    await tx.insert(ledgerLines).values(paid.lines);
    await insertDemoScores(tx, demo, now);
    await insertDemoNotes(tx, demo, now);
    await insertDemoHealth(tx, demo, now);
    await tx.insert(manageTokens).values(
      demo.series.map(({ id, createdAt }) => ({
        tokenHash: hashToken(deriveManageToken(id)),
        seriesId: id,
        createdAt,
      })),
    );
    const conflicts = await claimCells(tx, claimsOf(demo), now);
    if (conflicts.length > 0) throw new Error(`The demo books the same time twice: ${JSON.stringify(conflicts[0])}.`);
  });
}

function claimsOf(demo: ReturnType<typeof buildDemoRows>): ClaimRequest[] {
  return [
    ...demo.timeOff.map(
      ({ id, therapistId, startAt, endAt }): ClaimRequest => ({
        ownerUid: id,
        kind: 'time_off',
        resourceId: `therapist:${therapistId}`,
        start: startAt,
        end: endAt,
      }),
    ),
    ...demo.appointments
      .filter(({ status }) => status !== 'cancelled')
      .flatMap(({ id, therapistId, roomId, paddedStartAt, paddedEndAt }) =>
        [`therapist:${therapistId}`, `room:${roomId}`].map(
          (resourceId): ClaimRequest => ({
            ownerUid: id,
            kind: 'appointment',
            resourceId,
            start: paddedStartAt,
            end: paddedEndAt,
          }),
        ),
      ),
  ];
}
