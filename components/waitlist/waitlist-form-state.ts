/** The fields of a request, as they were typed. */
export const WAITLIST_FORM_FIELDS = [
  'massage',
  'therapist',
  'cadence',
  'sessions',
  'from',
  'until',
  'only',
  'urgent',
  'for',
  'otherName',
  'name',
  'email',
  'phone',
] as const;
export type WaitlistFormFieldName = (typeof WAITLIST_FORM_FIELDS)[number];

/** The state of the form after the last answer. */
export interface WaitlistFormState {
  values: Record<WaitlistFormFieldName, string>;
  dayParts: number;
  errors: Partial<Record<WaitlistFormFieldName | 'dayParts', string>>;
  problem: 'too_many' | 'too_often' | 'busy' | null;
  /** How long to wait, for `too_often`. */
  wait?: string;
  /** `waits`: the request is on the list; `confirm`: it will be once the link in the e-mail was pressed. */
  done: 'confirm' | 'waits' | null;
  /** Grows with every answer: focus moves once for each. */
  answer: number;
}
