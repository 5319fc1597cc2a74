import type { WaitlistFormState } from '@/components/waitlist/waitlist-form-state';

const EMPTY = { massage: '', therapist: '', cadence: '', sessions: '', from: '', until: '', only: '', urgent: '' };

/** The form of the waiting list before anybody has typed into it. */
export const untouchedWaitlistForm: WaitlistFormState = {
  values: { ...EMPTY, for: 'me', otherName: '', name: '', email: '', phone: '' },
  dayParts: 0,
  errors: {},
  problem: null,
  done: null,
  answer: 0,
};

/** The form data for one Swedish massage in December 2026, with these fields filled in. */
export function fillWaitlistForm(who: Record<string, string>): FormData {
  const form = new FormData();
  const fields = { massage: 'swedish 60', cadence: 'once', sessions: '1', from: '2026-12-01', until: '2026-12-20' };
  for (const [name, value] of Object.entries({ ...fields, dayParts: '1', ...who })) form.set(name, value);
  return form;
}
