import {
  type BookingRequestIssue,
  type BookingRules,
  type PlannedBooking,
  planBooking,
  type RequestedSeries,
} from '@/scheduling/plan-booking';
import type { SeriesRequest, StaffSeriesRequest } from './booking-request-schemas';

// Two people at one time, side by side: two series at the same starts, with two therapists and in two rooms, each with
// a massage and length of its own. They are planned together, and booked in one transaction or not at all.

interface RequestedPair extends RequestedSeries {
  beside?: { therapistIds: string[]; serviceIds?: string[] | undefined; minutes?: number | undefined } | undefined;
}

/** The plan of the first person, and that of a second person who comes at the same time. */
export interface PlannedPair {
  plan: PlannedBooking;
  beside: PlannedBooking | null;
}

/** The requested dates of both people: the dates to gather rules for. */
export function listRequestedDatesOfBoth(request: RequestedPair): RequestedPair['appointments'] {
  return [...request.appointments, ...(besideOf(request)?.appointments ?? [])];
}

/** As `planBooking`, for one person or two. */
export function planBookingForOneOrTwo(
  request: RequestedPair,
  rules: BookingRules,
): ({ ok: true } & PlannedPair) | { ok: false; issues: BookingRequestIssue[] } {
  const planned = planBooking(request, rules);
  if (!planned.ok) return planned;
  const second = besideOf(request);
  if (!second) return { ok: true, plan: planned.plan, beside: null };
  const issues = listPairIssues(request);
  if (issues.length > 0) return { ok: false, issues };
  const secondPlan = planBooking(second, rules);
  if (!secondPlan.ok) return { ok: false, issues: secondPlan.issues.map(ofBeside) };
  return { ok: true, plan: planned.plan, beside: secondPlan.plan };
}

/** The therapist of most of these dates, where one was named: a date with another therapist was changed by hand. */
function usualTherapistOf(therapistIds: string[]): string {
  const counts = new Map<string, number>();
  for (const id of therapistIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]![0];
}

function besideOf(request: RequestedPair): RequestedSeries | null {
  const { beside, appointments, standing, ...rest } = request;
  if (!beside) return null;
  return { ...rest, ...ofOtherPerson(appointments, standing, beside, rest.minutes) };
}

/** The dates of the second person: with whom, for which massage and how long. */
function ofOtherPerson<Standing extends RequestedSeries['standing']>(
  appointments: RequestedSeries['appointments'],
  standing: Standing,
  { therapistIds, serviceIds = [], minutes: ownMinutes }: NonNullable<RequestedPair['beside']>,
  minutes: number,
) {
  return {
    minutes: ownMinutes ?? minutes,
    ...(standing && { standing: { ...standing, therapistId: usualTherapistOf(therapistIds) } }),
    appointments: appointments.map((date, at) => {
      return { ...date, therapistId: therapistIds[at] ?? 'any', serviceId: serviceIds[at] ?? date.serviceId };
    }),
  };
}

function listPairIssues({ appointments, beside }: RequestedPair): BookingRequestIssue[] {
  const { therapistIds = [], serviceIds } = beside ?? {};
  if (therapistIds.length !== appointments.length)
    return [{ path: ['beside', 'therapistIds'], message: 'Name a therapist for each of the dates.' }];
  if (serviceIds && serviceIds.length !== appointments.length)
    return [{ path: ['beside', 'serviceIds'], message: 'Name a massage for each of the dates.' }];
  return therapistIds.flatMap((id, at) =>
    id !== 'any' && id === appointments[at]!.therapistId
      ? [{ path: ['beside', 'therapistIds', at], message: 'Two people need two therapists.' }]
      : [],
  );
}

/** Maps an issue's path to the second person's fields. A wrong start is wrong for both, so its path stays. */
function ofBeside({ path, message }: BookingRequestIssue): BookingRequestIssue {
  const [list, at, field] = path;
  if (list !== 'appointments' || at === undefined || field === 'startsAt') return { path, message };
  return { path: ['beside', field === 'serviceId' ? 'serviceIds' : 'therapistIds', at], message };
}

/**
 * Builds the second person's request, without the note and score, which belong to the first. Whoever books reads the
 * e-mails of both: the first person, by the name and address in `first`, unless another booker is named.
 */
export function buildRequestOfOtherPerson(
  { note: _, startScore: __, standing, client: ___, appointments, ...request }: SeriesRequest | StaffSeriesRequest,
  beside: NonNullable<SeriesRequest['beside']>,
  first: { name: string; email: string },
): StaffSeriesRequest {
  return {
    ...request,
    ...ofOtherPerson(appointments, standing, beside, request.minutes),
    client: { name: beside.name, email: first.email },
    bookedBy: request.bookedBy ?? first.name,
  };
}
