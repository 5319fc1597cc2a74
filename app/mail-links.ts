import { manageTokenOf } from '@/db/manage-tokens';
import { signInUrl } from '@/db/sign-in-links';
import type { Links } from '@/mail/links';
import type { Telling } from '@/scheduling/tell';
import { baseUrl } from '@/site';

/** The links of a message, made from what is stored and this server's secret. */
export function linksOf(telling: Telling, toEmail: string): Links {
  switch (telling.kind) {
    case 'sign_in':
      return { signInUrl: signInUrl(telling, toEmail) };
    case 'answered':
      return { answerUrl: `${baseUrl()}/questions/answered/${telling.askedId}` };
    case 'freed':
      return { manageUrl: manageUrlOf(telling.seriesUid) };
    case 'manage_links':
      return { manageUrls: telling.series.map((one) => manageUrlOf(one.uid)) };
    default:
      return telling.audience === 'client'
        ? { manageUrl: manageUrlOf(telling.series.uid) }
        : { calendarUrl: `${baseUrl()}/practice/calendar` };
  }
}

function manageUrlOf(seriesUid: string): string {
  return `${baseUrl()}/manage/${manageTokenOf(seriesUid)}`;
}
