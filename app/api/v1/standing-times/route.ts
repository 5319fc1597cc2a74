import type { z } from 'zod';
import { alternativesAnswer } from '@/app/api/v1/format-answers';
import { json, methodNotAllowedHandlers, refusalProblem, withRateLimitAndProblems } from '@/app/api/v1/problems';
import { readQuery } from '@/app/api/v1/request';
import { type standingTimesAnswer, standingTimesQuery } from '@/app/api/v1/schemas';
import type { PlanQuery } from '@/db/availability/plan-availability';
import { listStandingTimeClashes, listStandingTimes } from '@/db/availability/standing-times';
import { weekdayOf } from '@/scheduling/day';
import { removeRepeatMark, toIsoWithOffset } from '@/scheduling/zone-conversion';

export const GET = withRateLimitAndProblems('reads', async (request) => {
  const query = readQuery(request, standingTimesQuery);
  if (!query.ok) return query.reply;
  const { service, minutes, cadence, sessions, from, therapist, people, limit } = query.value;
  const plan: PlanQuery = {
    serviceIds: Array<string>(sessions).fill(service),
    minutes,
    cadence,
    from,
    therapistId: therapist === 'any' ? undefined : therapist,
    isForTwo: people === 2,
    isBeforeClashes: true,
    limit,
  };
  const now = Date.now();
  const found = await listStandingTimes(plan, now);
  if (!found.ok) return refusalProblem(found);
  const { timeZone } = found;
  const best = await listStandingTimeClashes(found.standingTimes, plan, now);
  return json({
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
        alternatives: alternativesAnswer(alternatives, timeZone),
      })),
    })),
  } satisfies z.infer<typeof standingTimesAnswer>);
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');
