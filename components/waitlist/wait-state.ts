/** The fields of a wish, as they were typed. */
export const WISH_FIELDS = [
  'massage',
  'therapist',
  'cadence',
  'sessions',
  'from',
  'until',
  'only',
  'urgent',
  'name',
  'email',
  'phone',
] as const;
export type WishField = (typeof WISH_FIELDS)[number];

/** What the form shows: as it was answered last. */
export interface WaitState {
  typed: Record<WishField, string>;
  dayParts: number;
  errors: Partial<Record<WishField | 'dayParts', string>>;
  problem: 'too_many' | 'too_often' | 'busy' | null;
  /** It is on the list; `confirm` once the link in the e-mail was pressed. */
  done: 'confirm' | 'waits' | null;
  /** Grows with every answer: focus moves once for each. */
  answer: number;
}
