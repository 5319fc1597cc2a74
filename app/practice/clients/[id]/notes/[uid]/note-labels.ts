import type { BodyMarkKind } from '@/care/body-areas';
import type { NextSessionChoice, NoteField } from '@/care/session-notes';

// The labels of the parts of a note.

export const NOTE_FIELD_LABELS: Record<NoteField, { label: string; hint: string }> = {
  said: { label: 'Told me', hint: 'what the client said' },
  found: { label: 'Found', hint: 'what you saw and felt' },
  did: { label: 'Did', hint: 'massage, areas, anything new' },
  plan: { label: 'Plan', hint: 'what you agreed, and until when' },
};

export const NEXT_SESSION_LABELS: Record<NextSessionChoice, string> = {
  same: 'Same again',
  less: 'Less pressure',
  more: 'More pressure',
  other: 'Other massage',
};

export const BODY_MARK_KIND_LABELS: Record<BodyMarkKind, string> = {
  focus: 'Focus',
  'focus-light': 'Focus, light pressure worked',
  'focus-medium': 'Focus, medium pressure worked',
  'focus-firm': 'Focus, firm pressure worked',
  avoid: 'Avoid',
};
