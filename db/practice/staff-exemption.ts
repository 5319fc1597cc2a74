import { removeLeadTimes } from '@/scheduling/booking-policy';
import type { Practice } from './practice';

/** The practice as its rules bind whoever asks: its own staff need no notice, and move a date whenever they like. */
export function exemptStaff(practice: Practice, isForStaff: boolean): Practice {
  return isForStaff ? removeLeadTimes(practice) : practice;
}
