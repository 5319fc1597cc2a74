import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorPageDetails, processState } from '../process-state';
import { addResponseRewrite } from './response-rewriter';

// Next reports every error to instrumentation.ts, which stores it in the process state by request number, because it
// cannot choose the answer there. Next answers each error with status 500 and a page that only a script can draw.
const { faults } = processState;
let admitted = 0;

/** Answers an error with its own status and a readable page, in place of what Next sends. */
export function sendErrorPages(req: IncomingMessage, res: ServerResponse): void {
  const number = String(++admitted);
  req.headers['x-fortnight-request'] = number; // ignores what the client sent under this name
  addResponseRewrite(res, () => {
    if (isUnknownForm(req, res)) {
      res.setHeader('Content-Type', 'text/html; charset=utf-8');
      res.removeHeader('Content-Encoding');
      return Buffer.from(outdatedPage);
    }
    const fault = res.statusCode === 500 ? faults.get(number) : undefined;
    if (!fault) return undefined;
    res.statusCode = fault.status;
    if (fault.status === 503) res.setHeader('Retry-After', '5');
    // When a form posted without script fails, Next answers in three words of plain text.
    if (!isPage.test(String(res.getHeader('Content-Type'))) || req.url?.startsWith('/api/')) return undefined;
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.removeHeader('Content-Encoding');
    return Buffer.from(faultPage(fault));
  });
  res.once('close', () => faults.delete(number));
}

/** A form posted without script to a build that does not know it: Next answers it in three words of plain text. */
function isUnknownForm(req: IncomingMessage, res: ServerResponse): boolean {
  return res.hasHeader('x-nextjs-action-not-found') && req.headers['next-action'] === undefined;
}

const isPage = /^text\/(html|plain)/;

function faultPage({ status, digest }: ErrorPageDetails): string {
  if (status === 400) {
    return buildPlainPage(
      'This could not be read',
      `<p>What you sent did not come whole, or was not sent from a form of this site. Nothing was booked or changed.</p>
<p>Go back, load the page again and try once more. <a href="/">Start page</a></p>`,
    );
  }
  if (status === 401) {
    return buildPlainPage(
      'You are signed out',
      `<p>Your session has ended, so nothing was booked or changed. What you entered is not lost yet:</p>
<ol>
<li><a href="/sign-in" target="_blank" rel="noreferrer">Open the sign-in page in a new tab</a>, and sign in.</li>
<li>Come back to this tab and load it again. Your browser asks whether to send the form once more: say yes.</li>
</ol>`,
    );
  }
  const what =
    status === 503
      ? 'The practice’s computer is busy just now. Try again in a minute.'
      : 'Something went wrong on our side. Try again.';
  return buildPlainPage(
    'This page did not load',
    `<p>${what}</p>
<p>Dates that were booked stay booked, and nothing is booked twice. If it goes on, write or call, and give this number:
${digest ?? 'none'}.</p>
<p><a href="">Try again</a> · <a href="/">Start page</a></p>`,
  );
}

/** A page that needs neither script nor database. */
export function buildPlainPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; background: light-dark(#faf7f2, #151a17); color: light-dark(#1f2723, #e8ece9) }
  body { max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem; font: 1.125rem/1.6 system-ui, sans-serif }
  h1 { font: 400 2rem/1.2 Georgia, serif }
  a { color: inherit }
</style>
<main>
<h1>${title}</h1>
${body}
</main>
</html>
`;
}

const outdatedPage = buildPlainPage(
  'This page is out of date',
  `<p>The site was updated while it was open. Nothing was booked or changed.</p>
<p>Go back with your browser: what you entered is usually still there. Copy what you want to keep, load the page again and send
it once more. <a href="/">Start page</a></p>`,
);
