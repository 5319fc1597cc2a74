'use server';

import { redirect } from 'next/navigation';
import { setOwnPlansCookie } from '@/app/book/own-plans-cookie';
import { parseReplacement } from '@/app/book/query-params';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { readShownPause } from '@/app/manage/[token]/pause-value';
import { bookAgainHref } from '@/app/manage/[token]/series-wording';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { getSeries } from '@/db/appointments/series';
import type { MoveRepair } from '@/db/booking/apply-move-repairs';
import { setCalendarAlarmEnabled } from '@/db/booking/calendar-alarm';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { saveFollowUpEmailPreference } from '@/db/booking/follow-up-email-preference';
import { pausePlan } from '@/db/booking/pause-plan';
import { changeFeedDetail, makeFeed, removeFeed } from '@/db/calendars/feeds';
import {
  bookSkippedUnlessWithheld as bookSkippedOne,
  extendSeriesUnlessWithheld,
  moveToAllowedTherapists,
  restoreCancelledUnlessWithheld,
} from '@/db/care/withheld-massages';
import { appointmentScopeSchema } from '@/db/input/field-schemas';
import { saveClientReminderPreference } from '@/db/messages/client-reminder-preference';
import { saveTextMessageConsent } from '@/db/messages/text-consents';
import { getPractice } from '@/db/practice/practice';
import { toInstant } from '@/scheduling/zone-conversion';

// The token in the form proves who is asking, and is looked up again for every change.

/** More plans than anybody has with answers that leave something out, and as many as fit in a cookie. */
const MOST_PLANS = 20;

export async function cancelByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const token = text(form, 'token');
  const scope = appointmentScopeSchema.safeParse(text(form, 'scope'));
  const flash = await change(token, async (viewer) => {
    if (!scope.success) return 'not_found';
    const seriesVersion = scope.data === 'this' ? undefined : wholeNumber(form, 'seriesVersion');
    const request = {
      ...{ uid: text(form, 'uid'), scope: scope.data, version: wholeNumber(form, 'version'), seriesVersion },
      withOther: text(form, 'who') === 'both',
    };
    const result = await cancelAppointments(viewer, request, { now: Date.now() });
    return result.ok ? 'cancelled' : result.reason;
  });
  backTo(token, flash, form);
}

export async function moveByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const [token, uid] = [text(form, 'token'), text(form, 'uid')];
  const startsAt = wholeNumber(form, 'to') ?? 0;
  const therapistId = text(form, 'with') || undefined;
  const scope = appointmentScopeSchema.safeParse(text(form, 'scope') || 'this');
  const flash = await change(token, async (viewer) => {
    if (!scope.success) return 'not_found';
    const seriesVersion = scope.data === 'this' ? undefined : wholeNumber(form, 'seriesVersion');
    const result = await moveToAllowedTherapists(
      viewer,
      {
        uid,
        startsAt,
        therapistId,
        scope: scope.data,
        version: wholeNumber(form, 'version'),
        seriesVersion,
        ...(scope.data !== 'this' && { repairs: await readRepairs(form) }),
      },
      { now: Date.now() },
    );
    if (!result.ok) return result.reason;
    return scope.data === 'this' ? 'moved' : 'moved_along';
  });
  if (flash === 'taken' || flash === 'invalid') {
    const back = new URLSearchParams({ uid, flash, ...(therapistId && { with: therapistId }) });
    // The preview is shown again with the same choices, so that it says which of the dates clash.
    const preview = scope.data === 'this' ? [] : ['scope', 'on', 'time', ...repairNames(form)];
    for (const name of preview) back.set(name, text(form, name));
    redirect(`/manage/${encodeURIComponent(token)}/move?${back}#flash`);
  }
  backTo(token, flash, form);
}

export async function addDatesByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const token = text(form, 'token');
  const sessions = wholeNumber(form, 'more') ?? 0;
  let added: number[] = [];
  const flash = await change(token, async (viewer) => {
    const version = wholeNumber(form, 'seriesVersion');
    const chosen = await readRepairs(form);
    const leaveOut = chosen.filter(({ choice }) => choice === 'skip').map(({ position }) => position);
    const repairs = chosen.flatMap((repair) => (repair.choice === 'move' ? [repair] : []));
    const request = { seriesId: viewer.seriesId, sessions, leaveOut, repairs, version };
    const result = await extendSeriesUnlessWithheld(viewer, request, { now: Date.now() });
    if (!result.ok) return result.reason;
    added = result.dates.map(({ position }) => position);
    return 'extended';
  });
  if (flash === 'taken' || flash === 'invalid' || flash === 'held_back') {
    // Shown again with the same choices, so that the page says which of the dates clash.
    const back = new URLSearchParams({ more: `${sessions}`, flash });
    for (const name of repairNames(form)) back.set(name, text(form, name));
    redirect(`/manage/${encodeURIComponent(token)}/extend?${back}#flash`);
  }
  redirectToAdded(token, flash, added);
}

/** Cancels the dates of the chosen pause as they were shown; later dates stay. */
export async function pausePlanByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const token = text(form, 'token');
  const flash = await change(token, async (viewer) => {
    const [version, pause] = [wholeNumber(form, 'version'), readShownPause(text(form, 'pause'))];
    if (version === undefined || !pause) return 'conflict';
    const result = await pausePlan(viewer, { version, ...pause }, { now: Date.now() });
    return result.ok ? 'paused' : result.reason === 'nothing_left' ? 'conflict' : result.reason;
  });
  redirect(`/manage/${encodeURIComponent(token)}?flash=${flash}#flash`);
}

/**
 * Leads on to booking again, without what is left out for these clients: the first of these plans once more, or
 * anything.
 */
export async function startBookingAgain(form: FormData): Promise<void> {
  requireFormData(form);
  const tokens = form.getAll('token').filter((token) => typeof token === 'string');
  const viewers = (await Promise.all(tokens.slice(0, MOST_PLANS).map(findManageLinkViewer))).filter(
    (viewer) => viewer !== null,
  );
  const [viewer] = viewers;
  const plan = viewer && (await getSeries(viewer, viewer.seriesId));
  if (!plan) redirect('/book');
  await setOwnPlansCookie(
    viewers.map(({ seriesId }) => seriesId),
    Date.now(),
  );
  redirect(text(form, 'to') === 'same' ? bookAgainHref(plan) : '/book');
}

/** Books a date that was skipped and is free now. */
export async function bookSkippedDate(form: FormData): Promise<void> {
  requireFormData(form);
  const token = text(form, 'token');
  const flash = await change(token, async (viewer) => {
    const request = { position: wholeNumber(form, 'position') ?? 0, version: wholeNumber(form, 'seriesVersion') };
    const result = await bookSkippedOne(viewer, { seriesId: viewer.seriesId, ...request }, { now: Date.now() });
    if (result.ok) return 'extended';
    return result.reason === 'invalid' ? 'conflict' : result.reason;
  });
  redirectToAdded(token, flash, [wholeNumber(form, 'position') ?? 0]);
}

/** Books a date again that its client cancelled. */
export async function bookCancelledDate(form: FormData): Promise<void> {
  requireFormData(form);
  const [token, uid] = [text(form, 'token'), text(form, 'uid')];
  let position = 0;
  const flash = await change(token, async (viewer) => {
    const request = { seriesId: viewer.seriesId, uid, version: wholeNumber(form, 'seriesVersion') };
    const result = await restoreCancelledUnlessWithheld(viewer, request, { now: Date.now() });
    if (!result.ok) return result.reason === 'invalid' ? 'conflict' : result.reason;
    position = result.position;
    return 'extended';
  });
  // The page of the date says that it is not free, and leads to other times.
  if (flash === 'taken') redirect(`/manage/${encodeURIComponent(token)}/extend?cancelled=${encodeURIComponent(uid)}`);
  redirectToAdded(token, flash, [position]);
}

/** Leads back to the page of the dates, which names those that were added. */
function redirectToAdded(token: string, flash: string, positions: number[]): never {
  const added = flash === 'extended' && positions.length > 0 ? `&added=${positions.join('-')}` : '';
  redirect(`/manage/${encodeURIComponent(token)}?flash=${flash}${added}#flash`);
}

/** Sets whether calendar files remind of each date from now on. */
export async function toggleCalendarAlarm(form: FormData): Promise<void> {
  requireFormData(form);
  const token = text(form, 'token');
  const isOn = text(form, 'alarm') === 'on';
  const flash = await change(token, async (viewer) => {
    await setCalendarAlarmEnabled(viewer, viewer.seriesId, isOn);
    return isOn ? 'alarm_on' : 'alarm_off';
  });
  redirect(`/manage/${encodeURIComponent(token)}?flash=${flash}#flash`);
}

/** Sets which reminders the client gets of these dates from now on. */
export async function setReminders(form: FormData): Promise<void> {
  requireFormData(form);
  const token = text(form, 'token');
  const mode = text(form, 'mode');
  const request = form.getAll('step').flatMap((value) => (/^\d{1,6}$/.test(String(value)) ? [Number(value)] : []));
  const flash = await change(token, async (viewer) => {
    if (mode !== 'each' && mode !== 'weekly' && mode !== 'none') return 'conflict';
    const result = await saveClientReminderPreference(viewer, { mode, wanted: request }, { now: Date.now() });
    return result.ok ? 'reminders' : result.reason;
  });
  redirect(`/manage/${encodeURIComponent(token)}?flash=${flash}#flash`);
}

/** Sets whether e-mails are sent after the dates. */
export async function setFollowUpMail(form: FormData): Promise<void> {
  requireFormData(form);
  const token = text(form, 'token');
  const isWanted = text(form, 'wants') === 'on';
  const flash = await change(token, async (viewer) => {
    const result = await saveFollowUpEmailPreference(viewer, isWanted, { now: Date.now() });
    if (!result.ok) return result.reason;
    return isWanted ? 'after_on' : 'after_off';
  });
  redirect(`/manage/${encodeURIComponent(token)}?flash=${flash}#flash`);
}

/** Sets whether reminders may come by text message. */
export async function setTextReminders(form: FormData): Promise<void> {
  requireFormData(form);
  const token = text(form, 'token');
  const isWanted = text(form, 'texts') === 'on';
  const flash = await change(token, async (viewer) => {
    const result = await saveTextMessageConsent(viewer, isWanted, { now: Date.now() });
    if (!result.ok) return result.reason;
    return isWanted ? 'texts_on' : 'texts_off';
  });
  redirect(`/manage/${encodeURIComponent(token)}?flash=${flash}#flash`);
}

/** Makes the address by which a calendar app follows the dates. */
export async function makeSeriesFeed(form: FormData): Promise<void> {
  await changeAddressBy(form, (viewer) => makeFeed(viewer, undefined, { now: Date.now() }), 'address_made');
}

export async function changeSeriesFeedDetail(form: FormData): Promise<void> {
  const detail = text(requireFormData(form), 'detail');
  await changeAddressBy(form, (viewer) => changeFeedDetail(viewer, { detail }, { now: Date.now() }), 'address_changed');
}

export async function removeSeriesFeed(form: FormData): Promise<void> {
  await changeAddressBy(form, (viewer) => removeFeed(viewer, undefined, { now: Date.now() }), 'address_removed');
}

async function changeAddressBy(
  form: FormData,
  act: (viewer: { role: 'link'; seriesId: string }) => Promise<{ ok: boolean }>,
  flash: string,
): Promise<never> {
  requireFormData(form);
  const token = text(form, 'token');
  const result = await change(token, async (viewer) => ((await act(viewer)).ok ? flash : 'not_found'));
  redirect(`/manage/${encodeURIComponent(token)}?flash=${result}#flash`);
}

/** Leads back to the page of the dates, which says what was done, and to which date. */
function backTo(token: string, flash: string, form: FormData): never {
  const params = new URLSearchParams({ flash, of: text(form, 'uid') });
  const scope = appointmentScopeSchema.safeParse(text(form, 'scope') || 'this');
  if (scope.success && scope.data !== 'this') params.set('along', scope.data);
  if (text(form, 'who') === 'both') params.set('who', 'both');
  redirect(`/manage/${encodeURIComponent(token)}?${params}#flash`);
}

/** The repairs chosen for dates that clash, from the same fields as in a booking, with one more choice. */
async function readRepairs(form: FormData): Promise<MoveRepair[]> {
  const { timeZone } = await getPractice();
  return repairNames(form).flatMap((name): MoveRepair[] => {
    const position = Number(name.slice(1));
    const value = text(form, name);
    if (value === 'stay' || value === 'skip') return [{ position, choice: value }];
    const pick = parseReplacement(value);
    if (pick?.kind !== 'move') return [];
    const startsAt = toInstant(timeZone, pick.on, pick.time);
    return [{ position, choice: 'move', startsAt, therapistId: pick.therapistId }];
  });
}

function repairNames(form: FormData): string[] {
  return [...new Set(form.keys())].filter((name) => /^d[1-9]\d{0,2}$/.test(name));
}

type Changed = (viewer: { role: 'link'; seriesId: string }) => Promise<string>;

function change(token: string, act: Changed): Promise<string> {
  return changeWithinLimit(async () => {
    const viewer = await findManageLinkViewer(token);
    return viewer ? act(viewer) : 'not_found';
  });
}

const text = (form: FormData, name: string) => readText(form, name, 200);

function wholeNumber(form: FormData, name: string): number | undefined {
  const value = text(form, name);
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
