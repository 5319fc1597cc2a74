import { isStaff, type Viewer } from '@/db/access/viewer';
import { toIssues } from '@/db/input/field-schemas';
import { derivePhoneCountry, describeInvalidPhone, withPhoneExample } from '@/db/input/phone-numbers';
import { getPractice } from '@/db/practice/practice';
import { type Invalid, invalid } from '@/db/results';
import {
  type SeriesRequest,
  type StaffSeriesRequest,
  seriesRequestSchema,
  staffRequestSchemas,
} from './booking-request-schemas';
import { normalizeClientPhone } from './requested-client';

const NOT_YOUR_CALENDAR = 'You book in your own calendar. The practice’s owner or front desk books in any.';

/** Checks the fields of a request to book, and whether the viewer may book with its therapists. */
export async function checkBookingRequest(
  viewer: Viewer,
  request: SeriesRequest | StaffSeriesRequest,
): Promise<{ ok: true; request: SeriesRequest | StaffSeriesRequest } | Invalid> {
  const parsed = shapeFor(viewer, request).safeParse(request);
  if (!parsed.success) return invalid(withPhoneExample(toIssues(parsed.error), await getPhoneCountry()));
  const { note, consent } = parsed.data;
  if (note !== undefined && consent === undefined && !isStaff(viewer))
    return invalid([{ path: ['consent'], message: 'A note is kept only when its client agrees to that.' }]);
  const elsewhere = parsed.data.appointments.findIndex(({ therapistId }) => !mayBookWith(viewer, therapistId));
  if (elsewhere >= 0)
    return invalid([{ path: ['appointments', elsewhere, 'therapistId'], message: NOT_YOUR_CALENDAR }]);
  const besideElsewhere = parsed.data.beside?.therapistIds.findIndex((id) => !mayBookWith(viewer, id)) ?? -1;
  if (besideElsewhere >= 0)
    return invalid([{ path: ['beside', 'therapistIds', besideElsewhere], message: NOT_YOUR_CALENDAR }]);
  const client = await normalizeClientPhone(parsed.data.client);
  if (!client) return invalid([{ path: ['client', 'phone'], message: describeInvalidPhone(await getPhoneCountry()) }]);
  return { ok: true, request: { ...parsed.data, client } };
}

async function getPhoneCountry() {
  return derivePhoneCountry(await getPractice());
}

/**
 * Staff who manage every calendar may book with any therapist, a therapist only with themselves, and clients with
 * anyone.
 */
function mayBookWith(viewer: Viewer, therapistId: string): boolean {
  return viewer.role !== 'therapist' || viewer.therapistId === therapistId;
}

function shapeFor(viewer: Viewer, { client }: SeriesRequest | StaffSeriesRequest) {
  if (!isStaff(viewer)) return seriesRequestSchema;
  return 'id' in client ? staffRequestSchemas.knownClient : staffRequestSchemas.newClient;
}
