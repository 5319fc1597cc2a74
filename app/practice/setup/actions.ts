'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientIp } from '@/app/client-ip';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { catchDatabaseBusy } from '@/app/practice/catch-database-busy';
import { signInAsNewOwner } from '@/auth';
import { isSetupCode, setupPass } from '@/db/access/setup-code';
import { emailAddress } from '@/db/input/field-schemas';
import { getPhoneCountryOfPractice } from '@/db/input/phone';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { isLocale } from '@/db/practice/practice-field-schemas';
import { setUpPractice } from '@/db/practice/setup';
import { readSetupDraft, type SetupAnswers, saveSetupAnswers } from '@/db/practice/setup-draft';
import { log, logThrottled } from '@/log';
import { sendTestMail } from '@/mail/settings-test-mail';
import { isTimeZone } from '@/scheduling/zone-offsets';
import { isHttps } from '@/site-address';
import {
  checkSetupAnswers,
  copyDay,
  filterErrorsOfScreen,
  readAnswers,
  splitChangedAnswers,
  toNewPractice,
  withDefaultAnswers,
} from './answers';
import { findScreen, getAdjacentScreen, SCREEN_FIELD_NAMES, SCREENS, setupScreenHref } from './screens';
import { hasSetupPass, SETUP_PASS_COOKIE } from './setup-pass-cookie';

// Each asks for the pass again: anybody can call an action.

const HERE = '/practice/setup';
const THERE_IS_ONE = '/practice/calendar';
const DRAWN = 40_000;
const PASS_LIVES = 30 * 24 * 60 * 60;

export interface SetupCodeState {
  problem: 'code' | 'limit' | 'busy' | null;
  answer: number;
}

export interface SetupScreenState {
  typed: Record<string, string>;
  errors: Record<string, string>;
  flash: 'busy' | 'copied' | null;
  /** What became of a test e-mail. */
  test: string | null;
  answer: number;
}

/** Opens the set-up to whoever has the code, and keeps what their browser says of where they are. */
export async function submitSetupCode(before: SetupCodeState, form: FormData): Promise<SetupCodeState> {
  requireFormData(form);
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const sender = clientIp(await headers());
  const allowed = await catchDatabaseBusy(() => consumeRateLimit('setupCodes', sender));
  if (allowed === 'busy') return { problem: 'busy', answer };
  if (!allowed.ok) return { problem: 'limit', answer };
  if (!isSetupCode(readText(form, 'code', 100))) {
    logThrottled('warn', 'setup_code_refused');
    return { problem: 'code', answer };
  }
  const proposed = proposals(readText(form, 'zone', 100), await languageOf(readText(form, 'language', 35)));
  const kept = await catchDatabaseBusy(async () => {
    const draft = await readSetupDraft();
    return saveSetupAnswers(draft.timeZone === undefined ? proposed : {}, Date.now());
  });
  if (kept === 'busy') return { problem: 'busy', answer };
  if (!kept) redirect(THERE_IS_ONE);
  const options = { httpOnly: true, sameSite: 'lax' as const, path: HERE, secure: isHttps(), maxAge: PASS_LIVES };
  (await cookies()).set(SETUP_PASS_COOKIE, setupPass(), options);
  redirect(HERE);
}

/** Keeps what a screen holds and says what is wrong with it, while somebody still types. Null: it is not theirs to ask. */
export async function saveAndCheckAnswers(
  form: FormData,
): Promise<{ errors: Record<string, string>; kept: Record<string, string> } | null> {
  requireFormData(form);
  const screen = findScreen(form.get('screen'))?.id;
  if (!screen || !(await hasSetupPass())) return null;
  const kept = readAnswers(screen, form);
  const now = Date.now();
  const answers = await keepAll(splitChangedAnswers(kept, readText(form, 'drawn', DRAWN)), now);
  return typeof answers === 'string'
    ? null
    : { errors: filterErrorsOfScreen(screen, checkSetupAnswers(answers, now)), kept };
}

/** Keeps a screen, and leads to the next one when nothing in it is wrong; from the last, makes the practice. */
export async function saveScreenAndContinue(before: SetupScreenState, form: FormData): Promise<SetupScreenState> {
  requireFormData(form);
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const screen = findScreen(form.get('screen'))?.id;
  if (!screen || !(await hasSetupPass())) redirect(HERE);
  const now = Date.now();
  const then = readText(form, 'then', 20);
  const given = readAnswers(screen, form);
  const copied = then === 'copy' ? copyDay(given, readText(form, 'copyFrom', 3), readText(form, 'copyTo', 4)) : {};
  const { changed, unchanged } = splitChangedAnswers(given, readText(form, 'drawn', DRAWN));
  const answers = await keepAll({ changed: { ...changed, ...copied, at: screen }, unchanged }, now);
  if (answers === 'busy') return { typed: { ...given, ...copied }, errors: {}, flash: 'busy', test: null, answer };
  if (answers === 'made') redirect(THERE_IS_ONE);
  if (then === 'later') redirect(`${HERE}?later=yes`);
  const earlier = getAdjacentScreen(screen, -1);
  if (then === 'back' && earlier) redirect(setupScreenHref(earlier.id));
  const wrong = checkSetupAnswers(answers, now);
  const errors = filterErrorsOfScreen(screen, wrong);
  const typed = Object.fromEntries(SCREEN_FIELD_NAMES[screen].map((name) => [name, answers[name] ?? '']));
  const stay = { typed, errors, flash: null, test: null, answer };
  if (then === 'copy') return { ...stay, flash: 'copied' };
  if (then === 'test') return { ...stay, test: Object.keys(errors).length > 0 ? null : await testMail(answers) };
  if (Object.keys(errors).length > 0) return stay;
  const later = getAdjacentScreen(screen, 1);
  if (later) redirect(setupScreenHref(later.id));
  const elsewhere = SCREENS.find(({ id }) => Object.keys(filterErrorsOfScreen(id, wrong)).length > 0);
  if (elsewhere) redirect(`${setupScreenHref(elsewhere.id)}&look=yes`);
  if ((await open(answers, now)) === 'busy') return { ...stay, flash: 'busy' };
  redirect(`${HERE}/done`);
}

/** Makes the practice and signs its owner in. */
async function open(answers: Record<string, string>, now: number): Promise<'open' | 'busy'> {
  const made = await catchDatabaseBusy(() => setUpPractice(toNewPractice(answers, now), now));
  if (made === 'busy') return 'busy';
  if (!made.ok) redirect(made.reason === 'exists' ? THERE_IS_ONE : HERE);
  log('info', 'practice_set_up');
  await signInAsNewOwner(made);
  (await cookies()).set(SETUP_PASS_COOKIE, '', { httpOnly: true, path: HERE, secure: isHttps(), maxAge: 0 });
  return 'open';
}

async function keepAll(
  { changed, unchanged }: { changed: SetupAnswers; unchanged: SetupAnswers },
  now: number,
): Promise<Record<string, string> | 'busy' | 'made'> {
  return catchDatabaseBusy(async () =>
    (await saveSetupAnswers(changed, now, unchanged)) ? withDefaultAnswers(await readSetupDraft()) : 'made',
  );
}

/** From the sender to the owner, both as they were typed; nothing else can be written to by it. */
async function testMail(answers: Record<string, string>): Promise<string> {
  const url = process.env.SMTP_URL;
  if (!url) return 'none';
  const allowed = await catchDatabaseBusy(async () => consumeRateLimit('letters', clientIp(await headers())));
  if (allowed === 'busy' || !allowed.ok) return 'limit';
  const owner = emailAddress.safeParse(answers.ownerEmail);
  if (!owner.success) return 'recipient';
  const from = process.env.MAIL_FROM || answers.mailFrom || owner.data;
  const replyTo = process.env.MAIL_REPLY_TO || answers.mailReplyTo || undefined;
  const sent = await sendTestMail(url, { name: answers.name ?? '', from, replyTo, to: owner.data });
  if (sent.ok) return 'sent';
  log('error', 'test_mail_not_sent', { error: sent.serverReply });
  return sent.trouble;
}

/** The zone of their browser and its country; without script, the country of its language. */
function proposals(zone: string, language: string): SetupAnswers {
  const timeZone = isTimeZone(zone) ? zone : '';
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const country = getPhoneCountryOfPractice({ timeZone: timeZone || own, locale: language });
  return { timeZone: timeZone || own, ...(country && { country }) };
}

async function languageOf(told: string): Promise<string> {
  const asked = (await headers()).get('accept-language')?.split(/[,;]/)[0]?.trim() ?? '';
  return [told, asked].find((tag) => tag !== '' && isLocale(tag)) ?? 'en-IE';
}
