import type { DateRow } from '@/app/book/dates/date-rows';

// The form of the last step, apart from the rules it is held to: the browser needs only this.

export const BOOKING_FIELDS = [
  'name',
  'for',
  'otherName',
  'email',
  'phone',
  'note',
  'score',
  'signs',
  'consent',
] as const;
export type BookingFormValues = Record<(typeof BOOKING_FIELDS)[number], string>;

/** Where the tab keeps what is typed until it is booked, and which fields: a tick is asked for again. */
export const BOOKING_STORAGE_KEY = 'booking-details';
export const PERSISTED_BOOKING_FIELDS = ['name', 'for', 'otherName', 'email', 'phone', 'note'] as const;

/** The element of the form. */
export const BOOKING_FORM_ID = 'booking';

export const emptyBookingFormValues: BookingFormValues = {
  name: '',
  for: '',
  otherName: '',
  email: '',
  phone: '',
  note: '',
  score: '',
  signs: '',
  consent: '',
};

/** What the form shows: as it was answered last. */
export interface BookFormState {
  /** What was typed, so that a page drawn without script has it too. */
  values: BookingFormValues;
  errors: Partial<Record<keyof BookingFormValues, string>>;
  problem:
    | 'taken'
    | 'busy'
    | 'too_many'
    | 'many_wait'
    | 'booked_already'
    | 'not_possible'
    | 'massage_not_offered'
    | 'therapist_not_offered'
    | 'left_out'
    | null;
  /** Not booked: what was asked for waits for a link to be pressed, or for the practice. */
  waits: { reason: 'to_confirm' | 'to_approve'; until: number } | null;
  /** The dates as they are now, when some were taken. */
  rows: DateRow[] | null;
  /** What was chosen for each date in this form. */
  picks: Record<string, string>;
  /** Grows with every answer: focus moves once for each. */
  answer: number;
}

/** Whether the booking may go on as it is: its dates are free as far as is known, so they may be held while it is put right. */
export function canHoldDatesWhileCorrecting({ answer, problem, waits }: BookFormState): boolean {
  return answer > 0 && !waits && (problem === null || problem === 'busy');
}

export const initialBookFormState: BookFormState = {
  values: emptyBookingFormValues,
  errors: {},
  problem: null,
  waits: null,
  rows: null,
  picks: {},
  answer: 0,
};
