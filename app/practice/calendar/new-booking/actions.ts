'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { readBookingParamsFromForm, readReplacementsFromForm } from '@/app/book/booking-form-data';
import { buildBookingRequest } from '@/app/book/dates/build-booking-request';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { calendarHref, parseCalendarUrl } from '@/app/practice/calendar/calendar-url';
import { describeMoveWarning } from '@/app/practice/calendar/move-warnings';
import { requireRole } from '@/auth';
import { bookSeries } from '@/db/booking/book-series';
import { formatDateOverWorkloadCapsKey } from '@/db/booking/dates-over-workload-caps';
import { buildAskFirstWarningKey } from '@/db/booking/unacknowledged-booking-warnings';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import type { Issue } from '@/db/results';
import { toWallTime } from '@/scheduling/zone-conversion';
import { loadNewBooking } from './load-new-booking';
import type { NewBookingFormState } from './new-booking-form-state';
import { listOverCapWarnings } from './over-cap-warnings';

/** Books for a caller what the address describes. It is a public endpoint: the database decides what may be booked. */
export async function bookForCaller(before: NewBookingFormState, form: FormData): Promise<NewBookingFormState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const previous = parseFormState(answerCountSchema, before);
  const now = Date.now();
  const values = {
    name: readText(form, 'name', 1000),
    email: readText(form, 'email', 1000),
    phone: readText(form, 'phone'),
    besideName: readText(form, 'besideName', 1000),
  };
  const answer = (
    problem: NewBookingFormState['problem'],
    errors: NewBookingFormState['errors'] = {},
    overCaps: NewBookingFormState['overCaps'] = null,
  ): NewBookingFormState => {
    // What was free when the page was drawn may be taken by now, so the page is loaded again. What was typed stays.
    refresh();
    return {
      values,
      picks: Object.fromEntries(readReplacementsFromForm(form)),
      errors,
      problem,
      overCaps,
      answer: previous.answer + 1,
    };
  };
  const params = readBookingParamsFromForm(form);
  const desk = await loadNewBooking(viewer, params, now);
  if (!desk?.choice.plan.standing) return answer(NOT_POSSIBLE);
  const { choice, practice } = desk;
  if (!choice.client) return answer(NOBODY);
  const undecided = form.getAll('undecided').filter((position) => !choice.plan.picks[Number(position)]);
  if (undecided.length > 0) return answer(choice.plan.sessions === 1 ? NOT_FREE : NOT_ALL_FREE);
  if (choice.besideId !== null && values.besideName.trim() === '') return answer(null, { besideName: NO_SECOND_NAME });
  const { standing, beside, ...request } = buildBookingRequest(choice.plan, practice.timeZone);
  if (request.appointments.length === 0) return answer(NO_DATE);
  const booked = await catchDatabaseBusy(() =>
    bookSeries(
      viewer,
      {
        ...request,
        ...(standing ? { standing } : {}),
        ...(beside && { beside: { ...beside, name: values.besideName } }),
        client:
          choice.client === 'new'
            ? { name: values.name, email: values.email, phone: values.phone || undefined }
            : { id: choice.client! },
        idempotencyKey: readText(form, 'key'),
      },
      {
        ...{ now, isAnyHour: choice.isAnyHour, listSuited: makeListSuitedTherapists(now) },
        acknowledged: readText(form, 'meant', 4000).split(' '),
      },
    ),
  );
  if (booked === 'busy') return answer(BUSY);
  if (booked.ok) {
    const { uid, startsAt } = booked.appointments[0]!;
    const { on } = toWallTime(practice.timeZone, startsAt);
    const shown = parseCalendarUrl(params as Record<string, string>, on, viewer.therapistId !== null);
    redirect(`${calendarHref({ ...shown, on, open: uid })}&flash=booked`);
  }
  if (booked.reason === 'taken') return answer(TAKEN_PROBLEM);
  if (booked.reason === 'unusual') {
    const { dates, askFirst } = booked;
    const askFirstLines = askFirst.map((id) => describeMoveWarning('ask_first', desk.names[id] ?? id));
    const acknowledged = [...dates.map(formatDateOverWorkloadCapsKey), ...askFirst.map(buildAskFirstWarningKey)].join(
      ' ',
    );
    return answer(null, {}, { lines: [...listOverCapWarnings(dates, desk), ...askFirstLines], acknowledged });
  }
  if (booked.reason === 'idempotency_mismatch') return answer(BOOKED_ALREADY);
  if (booked.reason !== 'invalid') return answer(NOT_POSSIBLE);
  const errors = Object.fromEntries(booked.issues.flatMap(fieldOf));
  const other = booked.issues.find((issue) => fieldOf(issue).length === 0);
  return answer(other ? { title: 'That cannot be booked', words: `${other.message} ${NOTHING}` } : null, errors);
}

function fieldOf({ path, message }: Issue): [string, string][] {
  const [part, field] = path;
  if (part === 'beside' && field === 'name') return [['besideName', message]];
  return part === 'client' && (field === 'name' || field === 'email' || field === 'phone') ? [[field, message]] : [];
}

const NOTHING = 'Nothing was booked, and what you entered is still here.';
const NO_SECOND_NAME = 'Enter the name of the second person.';
const NOT_POSSIBLE = { title: 'That cannot be booked', words: `${NOTHING} Choose another time.` };
const NOBODY = { title: 'Who is it for?', words: `${NOTHING} Choose the client, then book.` };
const NO_DATE = { title: 'No date is left', words: `${NOTHING} Keep at least one date.` };
const NOT_FREE = { title: 'That time is not free', words: `${NOTHING} Choose one of the other times below.` };
const NOT_ALL_FREE = {
  title: 'Not every date is free',
  words: `${NOTHING} For each date that is not, choose another time below, or skip it.`,
};
const BUSY = {
  title: 'The practice’s computer is busy just now',
  words: `${NOTHING} Wait a moment and press Book again.`,
};
const TAKEN_PROBLEM = {
  title: 'A time has just gone',
  words: `${NOTHING} Look at the dates below: what is free instead stands there.`,
};
const BOOKED_ALREADY = {
  title: 'This was booked already',
  words: 'It is in the calendar, as it was sent the first time. Close this and look there.',
};
