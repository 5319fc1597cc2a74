import { removeLeadTimes } from '@/scheduling/booking-policy';
import type { Practice } from './practice';

/** The practice's rules for the person who acts: staff need no notice, and may move a date at any time. */
export function exemptStaff(practice: Practice, isForStaff: boolean): Practice {
  return isForStaff ? removeLeadTimes(practice) : practice;
}
