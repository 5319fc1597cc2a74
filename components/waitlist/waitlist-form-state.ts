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

/** What the form shows: as it was answered last. */
export interface WaitlistFormState {
  values: Record<WaitlistFormFieldName, string>;
  dayParts: number;
  errors: Partial<Record<WaitlistFormFieldName | 'dayParts', string>>;
  problem: 'too_many' | 'too_often' | 'busy' | null;
  /** It is on the list; `confirm` once the link in the e-mail was pressed. */
  done: 'confirm' | 'waits' | null;
  /** Grows with every answer: focus moves once for each. */
  answer: number;
}
