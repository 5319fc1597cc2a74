'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientIp } from '@/app/client-ip';
import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { enterAsNewOwner } from '@/auth';
import { isSetupCode, setupPass } from '@/db/access/setup-code';
import { emailAddress } from '@/db/input/fields';
import { phoneCountryOf } from '@/db/input/phone';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { isLocale } from '@/db/practice/practice-fields';
import { setUpPractice } from '@/db/practice/setup';
import { type Answers, keepAnswers, readDraft } from '@/db/practice/setup-draft';
import { log, logNowAndThen } from '@/log';
import { sendTrialMail } from '@/mail/trial-mail';
import { isTimeZone } from '@/scheduling/zone-offsets';
import { isHttps } from '@/site';
import { copyDay, errorsOf, errorsOn, practiceOf, readAnswers, splitChanged, withUsual } from './answers';
import { hasPass, PASS } from './pass';
import { FIELDS, hrefOf, SCREENS, screenBeside, screenOf } from './screens';

// Each asks for the pass again: anybody can call an action.

const HERE = '/practice/setup';
const THERE_IS_ONE = '/practice/calendar';
const DRAWN = 40_000;
const PASS_LIVES = 30 * 24 * 60 * 60;

export interface EnterState {
  problem: 'code' | 'limit' | 'busy' | null;
  answer: number;
}

export interface ScreenState {
  typed: Record<string, string>;
  errors: Record<string, string>;
  flash: 'busy' | 'copied' | null;
  /** What became of a test e-mail. */
  test: string | null;
  answer: number;
}

/** Opens the set-up to whoever has the code, and keeps what their browser says of where they are. */
export async function enter(before: EnterState, form: FormData): Promise<EnterState> {
  readForm(form);
  const answer = readState(answeredState, before).answer + 1;
  const sender = clientIp(await headers());
  const allowed = await orDatabaseBusy(() => consumeRateLimit('setupCodes', sender));
  if (allowed === 'busy') return { problem: 'busy', answer };
  if (!allowed.ok) return { problem: 'limit', answer };
  if (!isSetupCode(readText(form, 'code', 100))) {
    logNowAndThen('warn', 'setup_code_refused');
    return { problem: 'code', answer };
  }
  const proposed = proposals(readText(form, 'zone', 100), await languageOf(readText(form, 'language', 35)));
  const kept = await orDatabaseBusy(async () => {
    const draft = await readDraft();
    return keepAnswers(draft.timeZone === undefined ? proposed : {}, Date.now());
  });
  if (kept === 'busy') return { problem: 'busy', answer };
  if (!kept) redirect(THERE_IS_ONE);
  const options = { httpOnly: true, sameSite: 'lax' as const, path: HERE, secure: isHttps(), maxAge: PASS_LIVES };
  (await cookies()).set(PASS, setupPass(), options);
  redirect(HERE);
}

/** Keeps what a screen holds and says what is wrong with it, while somebody still types. Null: it is not theirs to ask. */
export async function checkAnswers(
  form: FormData,
): Promise<{ errors: Record<string, string>; kept: Record<string, string> } | null> {
  readForm(form);
  const screen = screenOf(form.get('screen'))?.id;
  if (!screen || !(await hasPass())) return null;
  const kept = readAnswers(screen, form);
  const now = Date.now();
  const answers = await keepAll(splitChanged(kept, readText(form, 'drawn', DRAWN)), now);
  return typeof answers === 'string' ? null : { errors: errorsOn(screen, errorsOf(answers, now)), kept };
}

/** Keeps a screen, and leads to the next one when nothing in it is wrong; from the last, makes the practice. */
export async function goOn(before: ScreenState, form: FormData): Promise<ScreenState> {
  readForm(form);
  const answer = readState(answeredState, before).answer + 1;
  const screen = screenOf(form.get('screen'))?.id;
  if (!screen || !(await hasPass())) redirect(HERE);
  const now = Date.now();
  const then = readText(form, 'then', 20);
  const given = readAnswers(screen, form);
  const copied = then === 'copy' ? copyDay(given, readText(form, 'copyFrom', 3), readText(form, 'copyTo', 4)) : {};
  const { changed, unchanged } = splitChanged(given, readText(form, 'drawn', DRAWN));
  const answers = await keepAll({ changed: { ...changed, ...copied, at: screen }, unchanged }, now);
  if (answers === 'busy') return { typed: { ...given, ...copied }, errors: {}, flash: 'busy', test: null, answer };
  if (answers === 'made') redirect(THERE_IS_ONE);
  if (then === 'later') redirect(`${HERE}?later=yes`);
  const earlier = screenBeside(screen, -1);
  if (then === 'back' && earlier) redirect(hrefOf(earlier.id));
  const wrong = errorsOf(answers, now);
  const errors = errorsOn(screen, wrong);
  const typed = Object.fromEntries(FIELDS[screen].map((name) => [name, answers[name] ?? '']));
  const stay = { typed, errors, flash: null, test: null, answer };
  if (then === 'copy') return { ...stay, flash: 'copied' };
  if (then === 'test') return { ...stay, test: Object.keys(errors).length > 0 ? null : await testMail(answers) };
  if (Object.keys(errors).length > 0) return stay;
  const later = screenBeside(screen, 1);
  if (later) redirect(hrefOf(later.id));
  const elsewhere = SCREENS.find(({ id }) => Object.keys(errorsOn(id, wrong)).length > 0);
  if (elsewhere) redirect(`${hrefOf(elsewhere.id)}&look=yes`);
  if ((await open(answers, now)) === 'busy') return { ...stay, flash: 'busy' };
  redirect(`${HERE}/done`);
}

/** Makes the practice and signs its owner in. */
async function open(answers: Record<string, string>, now: number): Promise<'open' | 'busy'> {
  const made = await orDatabaseBusy(() => setUpPractice(practiceOf(answers, now), now));
  if (made === 'busy') return 'busy';
  if (!made.ok) redirect(made.reason === 'exists' ? THERE_IS_ONE : HERE);
  log('info', 'practice_set_up');
  await enterAsNewOwner(made);
  (await cookies()).set(PASS, '', { httpOnly: true, path: HERE, secure: isHttps(), maxAge: 0 });
  return 'open';
}

async function keepAll(
  { changed, unchanged }: { changed: Answers; unchanged: Answers },
  now: number,
): Promise<Record<string, string> | 'busy' | 'made'> {
  return orDatabaseBusy(async () =>
    (await keepAnswers(changed, now, unchanged)) ? withUsual(await readDraft()) : 'made',
  );
}

/** From the sender to the owner, both as they were typed; nothing else can be written to by it. */
async function testMail(answers: Record<string, string>): Promise<string> {
  const url = process.env.SMTP_URL;
  if (!url) return 'none';
  const allowed = await orDatabaseBusy(async () => consumeRateLimit('letters', clientIp(await headers())));
  if (allowed === 'busy' || !allowed.ok) return 'limit';
  const owner = emailAddress.safeParse(answers.ownerEmail);
  if (!owner.success) return 'recipient';
  const from = process.env.MAIL_FROM || answers.mailFrom || owner.data;
  const replyTo = process.env.MAIL_REPLY_TO || answers.mailReplyTo || undefined;
  const sent = await sendTrialMail(url, { name: answers.name ?? '', from, replyTo, to: owner.data });
  if (sent.ok) return 'sent';
  log('error', 'test_mail_not_sent', { said: sent.said });
  return sent.trouble;
}

/** The zone of their browser and its country; without script, the country of its language. */
function proposals(zone: string, language: string): Answers {
  const timeZone = isTimeZone(zone) ? zone : '';
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const country = phoneCountryOf({ timeZone: timeZone || own, locale: language });
  return { timeZone: timeZone || own, ...(country && { country }) };
}

async function languageOf(told: string): Promise<string> {
  const asked = (await headers()).get('accept-language')?.split(/[,;]/)[0]?.trim() ?? '';
  return [told, asked].find((tag) => tag !== '' && isLocale(tag)) ?? 'en-IE';
}
