import { getAllPlansToken } from '@/db/access/all-plans-links';
import {
  makeAttendanceToken,
  makeConfirmToken,
  makeHandOverToken,
  makeOfferToken,
  makeQuestionAnswerToken,
  makeRebookingToken,
  makeTextLinkCode,
  makeWaitlistToken,
} from '@/db/access/emailed-link-tokens';
import { getManageLinkGeneration, getManageToken } from '@/db/access/manage-tokens';
import { buildEarlierAddressUrl, buildNewAddressUrl, buildSignInUrl } from '@/db/access/sign-in-url';
import { findHealthBookingLimits } from '@/db/care/health-booking-limits';
import { reader } from '@/db/connection/database-client';
import { type AlternativeTime, listAlternativeTimes } from '@/db/delivery/alternative-times';
import type { MessageLinks } from '@/mail/links';
import type { Notification } from '@/scheduling/notification-types';
import { toWallTime } from '@/scheduling/zone-conversion';
import { baseUrl } from '@/site-address';
import { canReceiveTextReplies, readTextGateway } from '@/text-gateway-settings';

/** Like `makeMessageLinks`, plus free times in place of dates that the practice cancelled. */
export async function makeLinksWithFreeTimes(
  notification: Notification,
  toEmail: string,
  now: number,
): Promise<MessageLinks> {
  const instead = await listAlternativeTimes(notification, now, (seriesId) =>
    findHealthBookingLimits({ role: 'link', seriesId }, { now }),
  );
  const newTimes = instead.map(async (free) => ({ ...free, url: await bookUrlOf(free.seriesId, datesOf(free)) }));
  return { ...(await makeMessageLinks(notification, toEmail)), newTimes: await Promise.all(newTimes) };
}

/**
 * A booking address that goes through the plan's own manage link. What is left out for this client is remembered by
 * their browser, and is in no address.
 */
async function bookUrlOf(seriesUid: string, choice: Record<string, string>): Promise<string> {
  return `${await manageUrlOf(seriesUid)}/again?${new URLSearchParams(choice)}`;
}

type BookedAgain = Pick<
  AlternativeTime,
  'serviceId' | 'minutes' | 'cadence' | 'sessions' | 'therapistId' | 'on' | 'time'
>;

/** The page with the list of dates, shown before anything is booked. */
function datesOf({ serviceId, minutes, cadence, sessions, therapistId, on, time }: BookedAgain) {
  const plan = { type: serviceId, minutes: `${minutes}`, cadence, sessions: `${sessions}` };
  return { ...plan, step: 'dates', with: therapistId, on, time };
}

/** The list of the next dates; after a missed date, one other date whose time is chosen first. */
function followUpChoiceOf({ about, again, uid }: Extract<Notification, { kind: 'follow_up' }>): Record<string, string> {
  const { held } = again;
  if (about === 'again' && held?.state !== 'taken')
    return { ...datesOf(again), ...(held && { again: makeRebookingToken(uid) }) };
  const { serviceId: type, minutes, therapistId: therapist } = again;
  const { cadence, sessions } = about === 'again' ? again : { cadence: 'once', sessions: 1 };
  return { type, minutes: `${minutes}`, cadence, sessions: `${sessions}`, therapist, step: 'time' };
}

/** The links of a message, made from what is stored and this server's secret. */
export async function makeMessageLinks(notification: Notification, toEmail: string): Promise<MessageLinks> {
  switch (notification.kind) {
    case 'sign_in':
      return { signInUrl: buildSignInUrl(notification, toEmail) };
    case 'new_address':
      return { newAddressUrl: buildNewAddressUrl(notification.changeId) };
    case 'address_changed':
      return { earlierAddressUrl: buildEarlierAddressUrl(notification.changeId) };
    case 'answered':
      return {
        answerUrl: notification.isInWords
          ? `${baseUrl()}/questions/answer/${makeQuestionAnswerToken(notification.askedId)}`
          : `${baseUrl()}/questions/answered/${notification.askedId}`,
      };
    case 'asked':
      return { inboxUrl: `${baseUrl()}/practice/questions` };
    case 'client_message': {
      const { details, practice } = notification;
      if (!details) return { calendarUrl: `${baseUrl()}/practice/calendar` };
      const at = { on: toWallTime(practice.timeZone, details.startsAt).on, whose: 'everyone', open: details.uid };
      return { calendarUrl: `${baseUrl()}/practice/calendar?${new URLSearchParams(at)}` };
    }
    case 'freed':
    case 'link_renewed':
      return { manageUrl: await manageUrlOf(notification.seriesUid) };
    case 'score_ask': {
      const manageUrl = await manageUrlOf(notification.seriesUid);
      // Before a session the client is first asked what is new, and then for the score.
      const page = notification.ask === 'session' ? 'before' : 'score';
      return { scoreUrl: `${manageUrl}/${page}`, progressUrl: `${manageUrl}/progress` };
    }
    case 'reminder': {
      const manageUrl = await manageUrlOf(notification.seriesUid);
      const generation = await getManageLinkGeneration(await reader(), notification.seriesUid);
      const comingUrls = notification.dates.map(
        ({ uid }) => `${baseUrl()}/manage/coming/${makeAttendanceToken(uid, generation)}`,
      );
      return { manageUrl, questionsUrl: `${manageUrl}/intake`, beforeUrl: `${manageUrl}/before`, comingUrls };
    }
    case 'follow_up':
      return {
        bookUrl: await bookUrlOf(notification.seriesUid, followUpChoiceOf(notification)),
        manageUrl: await manageUrlOf(notification.seriesUid),
      };
    case 'reminder_text': {
      const { date, seriesUid } = notification;
      const gateway = readTextGateway();
      const code = makeTextLinkCode(date, await getManageLinkGeneration(await reader(), seriesUid));
      return { shortUrl: `${baseUrl()}/c/${code}`, hearsReplies: gateway !== null && canReceiveTextReplies(gateway) };
    }
    case 'waitlist':
      return notification.state === 'joined'
        ? { waitUrl: `${baseUrl()}/manage/waiting/${makeWaitlistToken(notification.entryId)}` }
        : { offerUrl: `${baseUrl()}/manage/offer/${makeOfferToken(notification.offerId)}` };
    case 'hand_over':
      return notification.state === 'ask'
        ? { handOverUrl: `${baseUrl()}/manage/hand-over/${makeHandOverToken(notification.requestId)}` }
        : { calendarUrl: `${baseUrl()}/practice/calendar` };
    case 'message':
      return {};
    case 'request':
      return linksOfRequest(notification);
    case 'manage_links': {
      const token = await getAllPlansToken(toEmail);
      // If the link has ended since the message was written, lead to each plan instead.
      return token === null
        ? { manageUrls: await Promise.all(notification.series.map((entry) => manageUrlOf(entry.uid))) }
        : { mineUrl: `${baseUrl()}/manage/mine/${token}` };
    }
    default:
      return notification.audience === 'client'
        ? {
            manageUrl: await manageUrlOf(notification.series.uid),
            questionsUrl: `${await manageUrlOf(notification.series.uid)}/intake`,
            ...(notification.series.isUnconfirmed && { confirmUrl: confirmUrlOf(notification.series.uid) }),
          }
        : { calendarUrl: `${baseUrl()}/practice/calendar` };
  }
}

async function manageUrlOf(seriesUid: string): Promise<string> {
  return `${baseUrl()}/manage/${await getManageToken(seriesUid)}`;
}

function confirmUrlOf(id: string): string {
  return `${baseUrl()}/manage/confirm/${makeConfirmToken(id)}`;
}

function linksOfRequest({ state, requestId }: Extract<Notification, { kind: 'request' }>): MessageLinks {
  if (state === 'to_confirm') return { confirmUrl: confirmUrlOf(requestId) };
  if (state === 'new') return { approveUrl: `${baseUrl()}/practice/unconfirmed` };
  return state === 'to_approve' ? {} : { bookUrl: `${baseUrl()}/book` };
}
