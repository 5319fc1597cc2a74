import type { NextRequest } from 'next/server';
import { getClientIp } from '@/app/client-ip';
import { askNextAuth, requestSignInLink, seeOther, signInWithLink, signOut, signOutEverywhere } from '@/auth';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';

// next-auth's addresses, as few as are needed. A GET changes nothing here: mail scanners follow every link, so the
// link in a mail leads to a page, and only that page's form spends it.

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

/** The next one at this tablet finds nothing of what the last one wrote: no tab of this browser keeps it. */
function withoutStorage(answer: Response): Response {
  answer.headers.set('Clear-Site-Data', '"storage"');
  return answer;
}

/** Without the query: next-auth answers a strange `callbackUrl` or `error` with a fault of its own. */
function plain(request: NextRequest): Request {
  return new Request(`${request.nextUrl.origin}${request.nextUrl.pathname}`, { headers: request.headers });
}

function notHere(): Response {
  return new Response('There is nothing here.\n', { status: 404 });
}
