import { getSetupCode } from '../db/access/setup-code';

export interface GreetingFacts {
  /** Undefined until the practice is set up. */
  practice: { isDemo: boolean } | undefined;
  host: string;
  baseUrl: string;
  /** No BASE_URL was given, and the server listens on every network. */
  isGuess: boolean;
  /** The addresses of this computer on its local networks. */
  lanOrigins: string[];
  dataDir: string;
}

/** What the console says once the server answers. */
export function buildGreeting({ practice, host, baseUrl, isGuess, lanOrigins, dataDir }: GreetingFacts): string[] {
  const isLocal = ['127.0.0.1', 'localhost', '::1'].includes(host);
  return [
    '',
    `  Fortnight is ready at ${baseUrl}`,
    '',
    ...(practice
      ? []
      : [
          `  There is no practice yet. Set it up at ${baseUrl}/practice/setup`,
          `  with the code ${getSetupCode()}, or run "npm run setup" in another terminal.`,
          ...describeOtherDevices(isLocal, isGuess, baseUrl, lanOrigins),
          '',
        ]),
    `  Read      ${baseUrl}/questions`,
    `  Book      ${baseUrl}/book`,
    `  Sign in   ${baseUrl}/sign-in`,
    ...(practice?.isDemo && isLocal
      ? ['            with one press, as therapist, as owner or as client of the demo']
      : []),
    `  Mail      ${baseUrl}/practice/mail (all of it for the owner, a therapist’s own for a therapist)`,
    ...(process.env.SMTP_URL ? [] : ['            no SMTP_URL is set: mail is kept there and not sent']),
    '',
    ...(isGuess
      ? [
          '  BASE_URL is not set: links in e-mails, and signing in, work on this computer only.',
          ...lanOrigins.map((origin) => `  On your network: ${origin}`),
        ]
      : []),
    ...(baseUrl.startsWith('https:') && process.env.TRUST_PROXY !== '1'
      ? ['  TRUST_PROXY is not set: behind a proxy all visitors count as one, and share one limit.', '']
      : []),
    `  Data in ${dataDir}. Stop with Ctrl-C.`,
    '',
  ];
}

/** How to set the practice up on a phone, when the address above works only on this computer. */
function describeOtherDevices(isLocal: boolean, isGuess: boolean, baseUrl: string, lanOrigins: string[]): string[] {
  const isReachable = !isGuess && !(isLocal && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(baseUrl).hostname));
  if (isReachable) return [];
  const origin = lanOrigins.find((found) => !found.includes('[')) ?? lanOrigins[0] ?? 'http://THIS-COMPUTER:PORT';
  return [
    '  On a phone, or another computer on a network that you trust: stop with Ctrl-C, and start it as you did with',
    `  HOST=0.0.0.0 BASE_URL=${origin} before it. Then open ${origin}/practice/setup there.`,
    '  Nobody sets it up without the code.',
  ];
}
