import type { DateRow } from '@/app/book/dates/date-rows';

// The form of the last step without its validation rules: the browser needs only this.

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

/**
 * Where the tab keeps the typed values until they are booked, and which fields: ticks are not kept, they must be given
 * anew.
 */
export const BOOKING_STORAGE_KEY = 'booking-details';
export const PERSISTED_BOOKING_FIELDS = ['name', 'for', 'otherName', 'email', 'phone', 'note'] as const;

/** The id of the form element. */
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

/** The form's state after its last answer. */
export interface BookFormState {
  /** The values as typed, so that a page drawn without script contains them too. */
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
  /** How long to wait, for `too_many`. */
  wait?: string;
  /** Nothing is booked yet: the request waits for a link to be pressed, or for the practice. */
  waits: { reason: 'to_confirm' | 'to_approve'; until: number } | null;
  /** The current dates, when some were taken. */
  rows: DateRow[] | null;
  /** The choice made for each date in this form. */
  picks: Record<string, string>;
  /** Counts the answers: focus moves once for each. */
  answer: number;
}

/**
 * Whether the form can be booked once its fields are corrected: its dates are free as far as is known, so they may be
 * held meanwhile.
 */
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
