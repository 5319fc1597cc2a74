import type { Db } from '@/db/connection/connection';
import { getPractice, type Practice } from '@/db/practice/practice';
import { applyServiceRules, listServices, type ServiceOffer } from '@/db/practice/services';
import { type Invalid, type Issue, invalid } from '@/db/results';

/** What a series is made of, checked against what the practice offers. */
export interface RequestedServices {
  ok: true;
  /** With the notice and window that go furthest among these massages; for staff there is no notice. */
  practice: Practice;
  /** One a session, in order. */
  services: ServiceOffer[];
  minutes: number;
  /** Those who give every one of these massages. */
  therapistIds: string[];
}

/** Finds what is asked for; a massage, a length or a therapist the practice does not offer is named. */
export async function checkRequestedServices(
  db: Db,
  query: { serviceIds: string[]; minutes: number; therapistId?: string; isForStaff?: boolean },
): Promise<RequestedServices | Invalid> {
  const [practice, offered] = await Promise.all([getPractice(db), listServices(db)]);
  const byId = new Map(offered.map((service) => [service.id, service]));
  const issues: Issue[] = [];
  const services: ServiceOffer[] = [];
  if (!Array.isArray(query.serviceIds) || query.serviceIds.length === 0) {
    issues.push({ path: ['serviceIds'], message: 'Choose a massage.' });
  } else if (query.serviceIds.length > practice.maxSessions) {
    issues.push({ path: ['serviceIds'], message: `Choose at most ${practice.maxSessions} sessions.` });
  } else {
    for (const [at, id] of query.serviceIds.entries()) {
      const service = byId.get(id);
      if (service?.booking === 'phone' && !query.isForStaff)
        issues.push({ path: ['serviceIds', at], message: 'This massage is booked by phone. Please call us.' });
      else if (service) services.push(service);
      else issues.push({ path: ['serviceIds', at], message: 'This massage is not offered.' });
    }
  }
  if (!services.every(({ lengths }) => lengths.some(({ minutes }) => minutes === query.minutes))) {
    issues.push({ path: ['minutes'], message: 'This length is not offered.' });
  }
  const therapistIds = (services[0]?.therapists ?? []).filter((id) =>
    services.every(({ therapists }) => therapists.includes(id)),
  );
  if (query.therapistId !== undefined && issues.length === 0 && !therapistIds.includes(query.therapistId)) {
    issues.push({ path: ['therapistId'], message: 'This therapist does not offer this massage.' });
  }
  if (issues.length > 0) return invalid(issues);
  const held = applyServiceRules(practice, services, query.isForStaff ?? false);
  return { ok: true, practice: held, services, minutes: query.minutes, therapistIds };
}
