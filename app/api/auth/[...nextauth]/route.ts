import type { NextRequest } from 'next/server';
import { getClientIp } from '@/app/client-ip';
import { askNextAuth, seeOther, signInWithLink, signOut, signOutEverywhere } from '@/auth';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { requestSignInLink } from '@/sign-in-links';

// Only the next-auth addresses that are needed. A GET changes nothing here: mail scanners open every link, so the link
// in a mail leads to a page, and only the form on that page uses the link up.

type Context = { params: Promise<{ nextauth: string[] }> };

const PASSED_ON = ['csrf', 'session', 'providers'];

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  const [action = '', provider] = nextauth;
  if (nextauth.length === 1 && PASSED_ON.includes(action)) return askNextAuth(plain(request), nextauth);
  if (action === 'callback' && provider === 'email') return seeOther(`/sign-in/confirm${request.nextUrl.search}`);
  if (action === 'signin' || action === 'signout') return seeOther(`/sign-in${request.nextUrl.search}`);
  return notHere();
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  return change(request, context).catch((error) => {
    if (isDatabaseBusy(error)) return seeOther('/sign-in?problem=busy');
    throw error;
  });
}

async function change(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  const form = await request.formData().catch(() => null);
  if (!form) return new Response('Send this as a form.\n', { status: 415 });
  switch (nextauth.join('/')) {
    case 'signin/email': {
      const allowed = await consumeRateLimit('link_emails', getClientIp(request.headers));
      if (!allowed.ok) return seeOther('/sign-in?problem=wait');
      await requestSignInLink(form.get('email'), form.get('callbackUrl'));
      return seeOther('/sign-in/sent');
    }
    case 'callback/email':
      return signInWithLink(form);
    case 'signout':
      await (form.get('everywhere') === 'yes' ? signOutEverywhere() : signOut());
      return withoutStorage(seeOther('/'));
    default:
      return notHere();
  }
}

/** Clears what this browser stored for the site, so that the next person at a shared tablet finds nothing of it. */
function withoutStorage(answer: Response): Response {
  answer.headers.set('Clear-Site-Data', '"storage"');
  return answer;
}

/** The request without its query: next-auth answers an unexpected `callbackUrl` or `error` with an error of its own. */
function plain(request: NextRequest): Request {
  return new Request(`${request.nextUrl.origin}${request.nextUrl.pathname}`, { headers: request.headers });
}

function notHere(): Response {
  return new Response('There is nothing here.\n', { status: 404 });
}
