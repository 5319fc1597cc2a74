import type { z } from 'zod';
import { type standingTimesAnswerSchema, standingTimesQuerySchema } from '@/app/api/v1/api-schemas';
import { formatAlternativesAnswer } from '@/app/api/v1/format-answers';
import {
  jsonResponse,
  methodNotAllowedHandlers,
  refusalResponse,
  withRateLimitAndProblems,
} from '@/app/api/v1/problem-responses';
import { readQuery } from '@/app/api/v1/read-request';
import type { PlanQuery } from '@/db/availability/plan-availability';
import { listStandingTimeClashes, listStandingTimes } from '@/db/availability/standing-times';
import { weekdayOf } from '@/scheduling/day';
import { removeRepeatMark, toIsoWithOffset } from '@/scheduling/zone-conversion';

export const GET = withRateLimitAndProblems('reads', async (request) => {
  const query = readQuery(request, standingTimesQuerySchema);
  if (!query.ok) return query.reply;
  const { service, minutes, cadence, sessions, from, therapist, people, besideService, besideMinutes, limit } =
    query.value;
  const hasOwn = people === 2 && ((besideService ?? service) !== service || (besideMinutes ?? minutes) !== minutes);
  const plan: PlanQuery = {
    serviceIds: Array<string>(sessions).fill(service),
    minutes,
    cadence,
    from,
    therapistId: therapist === 'any' ? undefined : therapist,
    isForTwo: people === 2,
    ...(hasOwn && {
      beside: { serviceIds: Array<string>(sessions).fill(besideService ?? service), minutes: besideMinutes ?? minutes },
    }),
    isBeforeClashes: true,
    limit,
  };
  const now = Date.now();
  const found = await listStandingTimes(plan, now);
  if (!found.ok)
    return refusalResponse({
      ...found,
      issues: found.issues.map(({ path: [first, field, ...rest], message }) => {
        if (first !== 'beside') return { path: [first, field, ...rest].filter((part) => part !== undefined), message };
        return { path: [field === 'minutes' ? 'besideMinutes' : 'besideService'], message };
      }),
    });
  const { timeZone } = found;
  const best = await listStandingTimeClashes(found.standingTimes, plan, now);
  return jsonResponse({
    timeZone,
    standingTimes: best.map(({ standingTime: { firstOn, time, therapistId, besideId, open }, clashes }) => ({
      firstOn,
      weekday: weekdayOf(firstOn),
      time: removeRepeatMark(time),
      therapist: therapistId,
      ...(besideId !== undefined && { beside: besideId }),
      open,
      of: sessions,
      clashes: clashes.map(({ on, startsAt, alternatives }) => ({
        on,
        startsAt: toIsoWithOffset(timeZone, startsAt),
        alternatives: formatAlternativesAnswer(alternatives, timeZone),
      })),
    })),
  } satisfies z.infer<typeof standingTimesAnswerSchema>);
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');
