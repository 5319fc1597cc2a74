'use server';

import { revalidatePath } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { getClientIp } from '@/app/client-ip';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { signInAsNewOwner } from '@/auth';
import { isSetupCode, makeSetupPass } from '@/db/access/setup-code';
import { emailAddressSchema } from '@/db/input/field-schemas';
import { derivePhoneCountry } from '@/db/input/phone-numbers';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { isLocale } from '@/db/practice/practice-field-schemas';
import { setUpPractice } from '@/db/practice/setup';
import { readSetupDraft, type SetupAnswers, saveSetupAnswers } from '@/db/practice/setup-draft';
import { log, logThrottled } from '@/log';
import { sendTestMail } from '@/mail/settings-test-mail';
import { isTimeZone } from '@/scheduling/zone-offsets';
import { isHttps } from '@/site-address';
import {
  addDefaultSetupAnswers,
  checkSetupAnswers,
  copyDayHours,
  filterErrorsOfScreen,
  readSetupAnswers,
  splitChangedSetupAnswers,
  toNewPractice,
} from './setup-answers';
import { hasSetupPass, SETUP_PASS_COOKIE } from './setup-pass-cookie';
import {
  findSetupScreenById,
  getAdjacentSetupScreen,
  SETUP_FIELD_NAMES_BY_SCREEN,
  SETUP_SCREENS,
  setupScreenHref,
} from './setup-screens';

// Each action checks the pass again, because anybody can call an action.

const PAGE_PATH = '/practice/setup';
const THERE_IS_ONE = '/practice/calendar';
const DRAWN = 40_000;
const PASS_LIVES = 30 * 24 * 60 * 60;

export interface SetupCodeFormState {
  problem: 'code' | 'limit' | 'busy' | null;
  answer: number;
}

export interface SetupScreenFormState {
  values: Record<string, string>;
  errors: Record<string, string>;
  flash: 'busy' | 'copied' | null;
  /** The result of a test e-mail. */
  test: string | null;
  answer: number;
}

/** Opens the set-up for anybody who has the code, and keeps the time zone and language that their browser tells. */
export async function submitSetupCode(before: SetupCodeFormState, form: FormData): Promise<SetupCodeFormState> {
  requireFormData(form);
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const sender = getClientIp(await headers());
  const allowed = await catchDatabaseBusy(() => consumeRateLimit('setupCodes', sender));
  if (allowed === 'busy') return { problem: 'busy', answer };
  if (!allowed.ok) return { problem: 'limit', answer };
  if (!isSetupCode(readText(form, 'code', 100))) {
    logThrottled('warn', 'setup_code_refused');
    return { problem: 'code', answer };
  }
  const proposed = proposals(readText(form, 'zone', 100), await languageOf(readText(form, 'language', 35)));
  const stored = await catchDatabaseBusy(async () => {
    const draft = await readSetupDraft();
    return saveSetupAnswers(draft.timeZone === undefined ? proposed : {}, Date.now());
  });
  if (stored === 'busy') return { problem: 'busy', answer };
  if (!stored) redirect(THERE_IS_ONE);
  const options = { httpOnly: true, sameSite: 'lax' as const, path: PAGE_PATH, secure: isHttps(), maxAge: PASS_LIVES };
  (await cookies()).set(SETUP_PASS_COOKIE, makeSetupPass(), options);
  redirect(PAGE_PATH);
}

/**
 * Saves the fields of a screen and returns their errors, while somebody still types. Null for anybody without the pass.
 */
export async function saveAndCheckAnswers(
  form: FormData,
): Promise<{ errors: Record<string, string>; stored: Record<string, string> } | null> {
  requireFormData(form);
  const screen = findSetupScreenById(form.get('screen'))?.id;
  if (!screen || !(await hasSetupPass())) return null;
  const stored = readSetupAnswers(screen, form);
  const now = Date.now();
  const answers = await keepAll(splitChangedSetupAnswers(stored, readText(form, 'drawn', DRAWN)), now);
  return typeof answers === 'string'
    ? null
    : { errors: filterErrorsOfScreen(screen, checkSetupAnswers(answers, now)), stored };
}

/** Saves a screen and leads to the next when it has no errors; the last screen makes the practice. */
export async function saveScreenAndContinue(
  before: SetupScreenFormState,
  form: FormData,
): Promise<SetupScreenFormState> {
  requireFormData(form);
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const screen = findSetupScreenById(form.get('screen'))?.id;
  if (!screen || !(await hasSetupPass())) redirect(PAGE_PATH);
  const now = Date.now();
  const then = readText(form, 'then', 20);
  const input = readSetupAnswers(screen, form);
  const copied = then === 'copy' ? copyDayHours(input, readText(form, 'copyFrom', 3), readText(form, 'copyTo', 4)) : {};
  const { changed, unchanged } = splitChangedSetupAnswers(input, readText(form, 'drawn', DRAWN));
  const answers = await keepAll({ changed: { ...changed, ...copied, at: screen }, unchanged }, now);
  if (answers === 'busy') return { values: { ...input, ...copied }, errors: {}, flash: 'busy', test: null, answer };
  if (answers === 'made') redirect(THERE_IS_ONE);
  // The browser’s Back button would otherwise show this screen as it was before it was filled in.
  revalidatePath(PAGE_PATH);
  if (then === 'later') redirect(`${PAGE_PATH}?later=yes`);
  const earlier = getAdjacentSetupScreen(screen, -1);
  if (then === 'back' && earlier) redirect(setupScreenHref(earlier.id));
  const wrong = checkSetupAnswers(answers, now);
  const errors = filterErrorsOfScreen(screen, wrong);
  const values = Object.fromEntries(SETUP_FIELD_NAMES_BY_SCREEN[screen].map((name) => [name, answers[name] ?? '']));
  const unchangedState = { values, errors, flash: null, test: null, answer };
  if (then === 'copy') return { ...unchangedState, flash: 'copied' };
  if (then === 'test')
    return { ...unchangedState, test: Object.keys(errors).length > 0 ? null : await testMail(answers) };
  if (Object.keys(errors).length > 0) return unchangedState;
  const nextScreen = getAdjacentSetupScreen(screen, 1);
  if (nextScreen) redirect(setupScreenHref(nextScreen.id));
  const elsewhere = SETUP_SCREENS.find(({ id }) => Object.keys(filterErrorsOfScreen(id, wrong)).length > 0);
  if (elsewhere) redirect(`${setupScreenHref(elsewhere.id)}&look=yes`);
  if ((await open(answers, now)) === 'busy') return { ...unchangedState, flash: 'busy' };
  redirect(`${PAGE_PATH}/done`);
}

/** Makes the practice and signs its owner in. */
async function open(answers: Record<string, string>, now: number): Promise<'open' | 'busy'> {
  const result = await catchDatabaseBusy(() => setUpPractice(toNewPractice(answers, now), now));
  if (result === 'busy') return 'busy';
  if (!result.ok) redirect(result.reason === 'exists' ? THERE_IS_ONE : PAGE_PATH);
  log('info', 'practice_set_up');
  await signInAsNewOwner(result);
  (await cookies()).set(SETUP_PASS_COOKIE, '', { httpOnly: true, path: PAGE_PATH, secure: isHttps(), maxAge: 0 });
  return 'open';
}

async function keepAll(
  { changed, unchanged }: { changed: SetupAnswers; unchanged: SetupAnswers },
  now: number,
): Promise<Record<string, string> | 'busy' | 'made'> {
  return catchDatabaseBusy(async () =>
    (await saveSetupAnswers(changed, now, unchanged)) ? addDefaultSetupAnswers(await readSetupDraft()) : 'made',
  );
}

/** Sends from the sender's to the owner's address, both as typed; no other address can be written to. */
async function testMail(answers: Record<string, string>): Promise<string> {
  const url = process.env.SMTP_URL;
  if (!url) return 'none';
  const allowed = await catchDatabaseBusy(async () => consumeRateLimit('link_emails', getClientIp(await headers())));
  if (allowed === 'busy' || !allowed.ok) return 'limit';
  const owner = emailAddressSchema.safeParse(answers.ownerEmail);
  if (!owner.success) return 'recipient';
  const from = process.env.MAIL_FROM || answers.mailFrom || owner.data;
  const replyTo = process.env.MAIL_REPLY_TO || answers.mailReplyTo || undefined;
  const sent = await sendTestMail(url, { name: answers.name ?? '', from, replyTo, to: owner.data });
  if (sent.ok) return 'sent';
  log('error', 'test_mail_not_sent', { error: sent.serverReply });
  return sent.trouble;
}

/** Proposes the browser's time zone and its country; without script, the country of the browser's language. */
function proposals(zone: string, language: string): SetupAnswers {
  const timeZone = isTimeZone(zone) ? zone : '';
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const country = derivePhoneCountry({ timeZone: timeZone || own, locale: language });
  return { timeZone: timeZone || own, ...(country && { country }) };
}

async function languageOf(result: string): Promise<string> {
  const requested = (await headers()).get('accept-language')?.split(/[,;]/)[0]?.trim() ?? '';
  return [result, requested].find((tag) => tag !== '' && isLocale(tag)) ?? 'en-IE';
}
