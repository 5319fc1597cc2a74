'use server';

import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { readText, requireFormData } from '@/app/form-data';
import { revalidateQuestionPages } from '@/app/practice/settings/revalidate-question-pages';
import { requireRole } from '@/auth';
import {
  changePracticeDetails,
  type PracticeDetails,
  pickPracticeDetails,
  type TimeZoneChangeImpact,
} from '@/db/offer/practice-details';
import { getPractice } from '@/db/practice/practice';
import { formatDay, formatTime, formatZoneCity } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

export interface PracticeDetailsFormState {
  values: { [Field in keyof PracticeDetails]: string };
  seen: string;
  errors: Record<string, string>;
  flash: 'saved' | 'changed_since' | 'busy' | null;
  /** What a new time zone would change; shown before it is saved. */
  question: { zone: string; to: string; lines: string[]; promised: string[] } | null;
}

export async function savePracticeDetails(
  _before: PracticeDetailsFormState,
  form: FormData,
): Promise<PracticeDetailsFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const text = (name: string) => readText(form, name, 400);
  const values = {
    name: text('name'),
    address: text('address'),
    phone: text('phone'),
    email: text('email'),
    country: text('country'),
    timeZone: text('timeZone'),
    currency: text('currency'),
    locale: text('locale'),
    mailLanguage: text('mailLanguage'),
  };
  const seen = readText(form, 'seen', 4000);
  const answer = { values, seen, errors: {}, flash: null, question: null };
  // The plain "Save" button does not agree to a new time zone.
  const agreedZone = form.get('again') === 'yes' ? '' : text('agreedZone');
  const saved = await catchDatabaseBusy(() =>
    changePracticeDetails(viewer, values, { seen, agreedZone }, { now: Date.now() }),
  );
  if (saved === 'busy') return { ...answer, flash: 'busy' };
  if (saved.ok) {
    revalidateQuestionPages();
    const now = pickPracticeDetails(await getPractice());
    return { ...answer, values: now, seen: JSON.stringify(now), flash: 'saved' };
  }
  if (saved.reason === 'invalid') return { ...answer, errors: toFieldErrors(saved.issues) };
  if (saved.reason === 'zone') return { ...answer, question: describeZoneChange(saved.change, values.locale) };
  return { ...answer, flash: 'changed_since' };
}

function describeZoneChange(
  { from, to, booked, first }: TimeZoneChangeImpact,
  locale: string,
): PracticeDetailsFormState['question'] {
  const [before, after] = [formatZoneCity(from), formatZoneCity(to)];
  const hours = `Weekly hours, single days and closed days keep their clock times: 09:00 is then 09:00 ${after}.`;
  const off = 'Time off that is taken keeps its moment.';
  const unchangedNote =
    booked === 0
      ? 'Nothing is booked that it could touch.'
      : `${booked === 1 ? 'The upcoming appointment' : `The ${booked} upcoming appointments`} ${booked === 1 ? 'stays' : 'stay'} at the moment that was promised in ${before}, and no e-mail goes out. The calendar shows them in ${after}:`;
  const promised = first.map(({ clientName, startsAt, timeZone }) => {
    const wasOn = formatDay(toWallTime(timeZone, startsAt).on, 'short', locale);
    const isOn = formatDay(toWallTime(to, startsAt).on, 'short', locale);
    const shown = `${isOn === wasOn ? '' : `${isOn}, `}${formatTime(to, startsAt, locale)}`;
    return `${clientName}: ${wasOn}, ${formatTime(timeZone, startsAt, locale)} ${formatZoneCity(timeZone)}, shown as ${shown}`;
  });
  if (booked > first.length && first.length > 0) promised.push(`and ${booked - first.length} more`);
  return { zone: to, to: after, lines: [hours, off, unchangedNote], promised };
}
