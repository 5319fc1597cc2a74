import type {
  NotificationAppointment,
  NotificationPractice,
  NotificationSeries,
} from '@/scheduling/notification-types';
import { toInstant } from '@/scheduling/zone-conversion';

export const testPractice: NotificationPractice = {
  name: 'Fortnight Massage',
  address: '12 Camden Row, Dublin 8',
  phone: '01 555 0142',
  email: 'hello@fortnight.example',
  timeZone: 'Europe/Dublin',
  currency: 'EUR',
  locale: 'en-IE',
  isDemo: true,
};

/** Weekly Tuesdays at 18:00 with Mira from 16 March 2027: the clocks change on the 28th. */
export function makeTestSeries(count: number, changes: Partial<NotificationSeries> = {}): NotificationSeries {
  return {
    uid: '6b1f8f0e-0d5c-4f1e-9a51-6f7d4b7a0001',
    cadence: count === 1 ? 'once' : 'weekly',
    sessions: count,
    clientName: 'Ana Costa',
    appointments: Array.from({ length: count }, (_, index) => makeTestAppointment(index + 1)),
    cancelCutoffMinutes: 1440,
    moveCutoffMinutes: 720,
    ...changes,
  };
}

export function makeTestAppointment(
  position: number,
  changes: Partial<NotificationAppointment> = {},
): NotificationAppointment {
  const on = new Date(Date.UTC(2027, 2, 16 + (position - 1) * 7)).toISOString().slice(0, 10);
  const start = toInstant('Europe/Dublin', on, '18:00');
  return {
    uid: `appointment-${position}`,
    position,
    start,
    end: start + 60 * 60_000,
    therapist: 'Mira Kovač',
    service: 'Swedish',
    priceCents: 6800,
    sequence: 0,
    status: 'booked',
    ...changes,
  };
}
