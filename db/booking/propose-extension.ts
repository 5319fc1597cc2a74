import type { Viewer } from '@/db/access/viewer';
import type { DateAlternative } from '@/db/availability/find-clash';
import { findConflictAlternatives } from '@/db/availability/find-conflict-alternatives';
import { reader } from '@/db/connection/database-client';
import type { Clock, Invalid, Refusal } from '@/db/results';
import { type AddedDatePreview, findWholeSeries, previewAddedDates } from './add-dates';
import type { ListAllowedTherapists } from './allowed-therapists';
import { getClientExtraMinutes } from './client-extra-minutes';
import { type ExtendRequest, listPlacesAfter } from './extend-series';
import { getPaddedIntervalAt } from './write-move';

export type ExtensionProposal =
  | { ok: true; minutes: number; dates: (AddedDatePreview & { alternatives: DateAlternative[] })[] }
  | Invalid
  | Refusal<'not_found'>;

/** The dates that `extendSeries` would add, and other times for those that are not free. */
export async function proposeExtension(
  viewer: Viewer,
  request: ExtendRequest,
  { now, listAllowed }: Clock & { listAllowed?: ListAllowedTherapists },
): Promise<ExtensionProposal> {
  const db = await reader();
  const found = await findWholeSeries(db, viewer, request.seriesId);
  if (!found) return { ok: false, reason: 'not_found' };
  const newDates = await listPlacesAfter(db, viewer, found, request.sessions, now);
  if (!newDates.ok) return newDates;
  const { seriesRow, rows } = found;
  const preview = await previewAddedDates(db, viewer, seriesRow, newDates, now);
  if (!preview.ok && preview.reason === 'invalid') return preview;
  const { like } = newDates;
  const { therapistId, clientId } = seriesRow;
  const isFree = ({ clash }: AddedDatePreview) => clash === null;
  const { clashes } = await findConflictAlternatives(
    preview.dates.flatMap(({ position, startsAt, clash: reason }) =>
      reason === null
        ? []
        : [{ position, startsAt, reason, therapistId, serviceId: like.serviceId, minutes: like.minutes }],
    ),
    {
      ownIntervals: [
        ...rows.filter(({ status }) => status === 'booked').map((row) => getPaddedIntervalAt(row, row.startAt)),
        ...preview.dates.filter(isFree).map(({ startsAt }) => getPaddedIntervalAt(like, startsAt)),
      ],
      among: (await listAllowed?.(db)) ?? null,
      extraMinutes: await getClientExtraMinutes(db, clientId),
    },
    now,
  );
  return {
    ok: true,
    minutes: like.minutes,
    dates: preview.dates.map((date) => ({
      ...date,
      alternatives: clashes.find(({ position }) => position === date.position)?.alternatives ?? [],
    })),
  };
}
