import { type ActiveService, DEEP_PRESSURE } from '@/db/practice/services';
import { checkBookingWindow } from '@/scheduling/booking-policy';
import { isWithinWorkloadCaps } from '@/scheduling/workload-caps';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { AvailabilityContext } from './availability-context';

export type StartChecker = (start: number, therapistId: string) => boolean;

/**
 * Checks a start of this massage against the rules besides free time: the massage's own notice and booking window, its
 * latest start, and the caps of its therapists. Undefined if there are no such rules, so most starts need no check.
 */
export function makeStartChecker(
  free: AvailabilityContext,
  service: ActiveService,
  minutes: number,
): StartChecker | undefined {
  const { practice, loads, now, isForStaff } = free;
  if (isForStaff) return undefined;
  const { timeZone } = practice;
  const noticeMinutes = service.noticeMinutes ?? practice.noticeMinutes;
  const windowDays = service.windowDays ?? practice.windowDays;
  const hasOwn = service.noticeMinutes !== null || service.windowDays !== null;
  const { latestStart } = service;
  const isDeep = service.pressure === DEEP_PRESSURE;
  if (!hasOwn && latestStart === null && loads.caps.size === 0) return undefined;
  return (start, therapistId) => {
    if (hasOwn && checkBookingWindow({ start, now, noticeMinutes, windowDays, timeZone }) !== 'ok') return false;
    if (latestStart !== null && toWallTime(timeZone, start).time > latestStart) return false;
    return isWithinWorkloadCaps(loads, therapistId, { start, durationMinutes: minutes, isDeep });
  };
}
