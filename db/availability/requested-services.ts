import type { Db } from '@/db/connection/connection';
import { getPractice, type Practice } from '@/db/practice/practice';
import { type ActiveService, applyServiceRules, listServices } from '@/db/practice/services';
import { type Invalid, type Issue, invalid } from '@/db/results';

/** The massages of a series, checked against what the practice offers. */
export interface RequestedServices {
  ok: true;
  /**
   * The practice with the shortest notice and the furthest booking window among these massages; for staff with no notice
   * and its own window.
   */
  practice: Practice;
  /** One for each session, in order. */
  services: ActiveService[];
  minutes: number;
  /** The therapists who give every one of these massages. */
  therapistIds: string[];
  /** The massages of the second person: one for each session, in order. Equal to the above if both have the same. */
  beside: { services: ActiveService[]; minutes: number; therapistIds: string[] };
}

/** The massages of the second of two people, one for each session, if they differ from the first person's. */
export interface RequestedBeside {
  serviceIds: string[];
  minutes: number;
}

/** Resolves a request. Reports each massage, length or therapist that the practice does not offer. */
export async function checkRequestedServices(
  db: Db,
  query: {
    serviceIds: string[];
    minutes: number;
    therapistId?: string;
    beside?: RequestedBeside | undefined;
    isForStaff?: boolean;
  },
): Promise<RequestedServices | Invalid> {
  const [practice, offered] = await Promise.all([getPractice(db), listServices(db)]);
  const issues: Issue[] = [];
  const { beside, isForStaff = false } = query;
  const own = checkServices(query, { practice, offered, isForStaff }, issues);
  const besideIssues: Issue[] = [];
  const other = beside ? checkServices(beside, { practice, offered, isForStaff }, besideIssues) : own;
  if (beside && besideIssues.length === 0 && beside.serviceIds.length !== query.serviceIds.length)
    besideIssues.push({ path: ['serviceIds'], message: 'Name a massage for each of the sessions.' });
  issues.push(...besideIssues.map(({ path, message }) => ({ path: ['beside', ...path], message })));
  if (query.therapistId !== undefined && issues.length === 0 && !own.therapistIds.includes(query.therapistId)) {
    issues.push({ path: ['therapistId'], message: 'This therapist does not offer this massage.' });
  }
  if (issues.length > 0) return invalid(issues);
  const all = [...own.services, ...other.services];
  const held = applyServiceRules(practice, all, isForStaff);
  const withOwnRules = isForStaff ? (listed: ActiveService[]) => listed : keepOwnRules(practice, held, all);
  const services = withOwnRules(own.services);
  return {
    ok: true,
    practice: held,
    ...{ services, minutes: query.minutes, therapistIds: own.therapistIds },
    beside:
      other === own
        ? { services, minutes: query.minutes, therapistIds: own.therapistIds }
        : { ...other, services: withOwnRules(other.services) },
  };
}

/**
 * The practice is held to the rules that go furthest among all that is asked for. What has none of its own is held to the
 * practice's all the same, and not to those of another massage beside it.
 */
function keepOwnRules({ noticeMinutes, windowDays }: Practice, held: Practice, services: ActiveService[]) {
  const isWider = held.noticeMinutes !== noticeMinutes || held.windowDays !== windowDays;
  const own = new Map<ActiveService, ActiveService>();
  if (isWider)
    for (const service of services)
      own.set(service, {
        ...service,
        noticeMinutes: service.noticeMinutes ?? noticeMinutes,
        windowDays: service.windowDays ?? windowDays,
      });
  return (listed: ActiveService[]) => listed.map((service) => own.get(service) ?? service);
}

function checkServices(
  { serviceIds, minutes }: RequestedBeside,
  { practice, offered, isForStaff }: { practice: Practice; offered: ActiveService[]; isForStaff: boolean },
  issues: Issue[],
): RequestedServices['beside'] {
  const byId = new Map(offered.map((service) => [service.id, service]));
  const services: ActiveService[] = [];
  if (!Array.isArray(serviceIds) || serviceIds.length === 0) {
    issues.push({ path: ['serviceIds'], message: 'Choose a massage.' });
  } else if (serviceIds.length > practice.maxSessions) {
    issues.push({ path: ['serviceIds'], message: `Choose at most ${practice.maxSessions} sessions.` });
  } else {
    for (const [at, id] of serviceIds.entries()) {
      const service = byId.get(id);
      if (service?.booking === 'phone' && !isForStaff)
        issues.push({ path: ['serviceIds', at], message: 'This massage is booked by phone. Please call us.' });
      else if (service) services.push(service);
      else issues.push({ path: ['serviceIds', at], message: 'This massage is not offered.' });
    }
  }
  if (!services.every(({ lengths }) => lengths.some((length) => length.minutes === minutes))) {
    issues.push({ path: ['minutes'], message: 'This length is not offered.' });
  }
  const therapistIds = (services[0]?.therapists ?? []).filter((id) =>
    services.every(({ therapists }) => therapists.includes(id)),
  );
  return { services, minutes, therapistIds };
}
