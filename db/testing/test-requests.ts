import type { Owner, Staff, Viewer } from '@/db/access/viewer';
import type { SeriesRequest } from '@/db/booking/booking-request-schemas';
import { DEMO_CLIENT } from '@/db/demo/demo-practice';
import { instantAt } from './test-appointments';

// Ana's booking in the tests: Tuesdays at 18:00 with Mira, from 1 December 2026.

export const NOW = instantAt('2026-11-23', '10:00');
export const ANONYMOUS_VIEWER: Viewer = { role: 'reader' };
export const OWNER_VIEWER: Owner = {
  role: 'owner',
  userId: 'ruth',
  email: 'owner@fortnight.example',
  name: 'Ruth Keane',
  therapistId: null,
};
export const DESK_VIEWER: Staff = {
  role: 'front_desk',
  userId: 'nora',
  email: 'desk@fortnight.example',
  name: 'Nora Daly',
  therapistId: null,
};
export const therapistViewer = (id: string): Extract<Viewer, { role: 'therapist' }> => ({
  role: 'therapist',
  userId: id,
  email: `${id}@fortnight.example`,
  name: id,
  therapistId: id,
});
export const clientViewer = (email: string): Viewer => ({ role: 'client', userId: email, email, name: email });
export const linkViewer = (seriesId: string): Viewer => ({ role: 'link', seriesId });

let keys = 0;

/** A request for one massage, or for one at each given instant. Every field can be overridden. */
export function makeSeriesRequest(
  startsAt: number | number[],
  other: Partial<SeriesRequest> & RequestOptions = {},
): SeriesRequest {
  const { therapistId = 'mira', serviceId = 'swedish', ...changes } = other;
  const starts = [startsAt].flat();
  return {
    cadence: starts.length === 1 ? 'once' : 'weekly',
    minutes: 60,
    appointments: starts.map((instant) => ({ startsAt: instant, therapistId, serviceId })),
    client: { name: DEMO_CLIENT.name, email: DEMO_CLIENT.email },
    ...(changes.note !== undefined && { consent: 'page' as const }),
    idempotencyKey: `key-${++keys}`,
    ...changes,
  };
}

interface RequestOptions {
  therapistId?: string;
  serviceId?: string;
}

/** The same wall time in consecutive weeks, as instants. */
export function listWeeklyInstants(firstOn: string, time: string, count: number): number[] {
  const first = new Date(`${firstOn}T12:00:00Z`).getTime();
  return Array.from({ length: count }, (_, k) => {
    return instantAt(new Date(first + k * 7 * 86_400_000).toISOString().slice(0, 10), time);
  });
}
