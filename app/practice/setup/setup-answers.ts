import { readText } from '@/app/form-data';
import {
  getDayRanges,
  listTimeFieldNames,
  toWeekFormValues,
  WEEKDAYS_FROM_MONDAY,
} from '@/app/practice/settings/hours/hours-form-values';
import { getCurrencyOfCountry } from '@/db/practice/country-currency';
import {
  DEFAULT_LENGTHS,
  DEFAULT_ROOM_NAME,
  getDefaultPrices,
  STARTING_POLICIES,
  STARTING_SERVICES,
} from '@/db/practice/new-practice-defaults';
import { dayHoursSchema } from '@/db/practice/parse-hours-change';
import { getStartingPolicyFormValues } from '@/db/practice/policies';
import { currencyCodeSchema } from '@/db/practice/practice-field-schemas';
import { checkNewPractice, listHolidaysForSetup, type NewPractice } from '@/db/practice/setup';
import type { SetupAnswers } from '@/db/practice/setup-draft';
import { NOT_OFFERED_MARK } from '@/db/practice/starting-offer';
import { getMoneyExample, parseMoney } from '@/scheduling/parse-money';
import {
  priceFieldName,
  SETUP_CHECKBOX_FIELD_NAMES,
  SETUP_FIELD_NAMES_BY_SCREEN,
  SETUP_SCREENS,
  type SetupScreenId,
} from './setup-screens';

// Turns the answers of the screens into the practice that they would make, and finds its errors as texts for the
// fields.

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MOST = 420;

/** The fields that a screen sent, as typed. */
export function readSetupAnswers(screen: SetupScreenId, form: FormData): SetupAnswers {
  const answers = Object.fromEntries(
    SETUP_FIELD_NAMES_BY_SCREEN[screen].map((name) => [
      name,
      SETUP_CHECKBOX_FIELD_NAMES.includes(name) ? yesNo(form.has(name)) : readText(form, name, MOST),
    ]),
  );
  if (screen === 'mail') {
    const closed = form.getAll('closed').map(String);
    const offered = form.getAll('offered').map(String).slice(0, 100);
    answers.open = offered.filter((on) => /^\d{4}-\d\d-\d\d$/.test(on) && !closed.includes(on)).join(' ');
  }
  return answers;
}

/**
 * Separates the answers that somebody changed from those that were on their page, because another device may have
 * changed the rest since. A page that does not say what it showed counts as all changed.
 */
export function splitChangedSetupAnswers(
  input: SetupAnswers,
  drawn: string,
): { changed: SetupAnswers; unchanged: SetupAnswers } {
  const before = readDrawn(drawn);
  const parted = (isChanged: boolean) =>
    Object.fromEntries(Object.entries(input).filter(([name, answer]) => (before[name] !== answer) === isChanged));
  return { changed: parted(true), unchanged: parted(false) };
}

function readDrawn(drawn: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(drawn);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The answers so far, with defaults where there is none yet. */
export function addDefaultSetupAnswers(input: SetupAnswers): Record<string, string> {
  const country = input.country ?? '';
  const currency = input.currency ?? getCurrencyOfCountry(country);
  const prices = STARTING_SERVICES.flatMap(({ id }) => {
    const usual = getDefaultPrices(id, currency.trim().toUpperCase());
    return [[id, 'yes'], ...DEFAULT_LENGTHS.map((minutes, at) => [priceFieldName(id, minutes), usual[at] ?? ''])];
  });
  const day: [string, string][] = [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ];
  return {
    ...Object.fromEntries(SETUP_SCREENS.flatMap(({ id }) => SETUP_FIELD_NAMES_BY_SCREEN[id].map((name) => [name, '']))),
    currency,
    ...Object.fromEntries(prices),
    setupMinutes: '0',
    cleanupMinutes: '15',
    ...toWeekFormValues({ 1: day, 2: day, 3: day, 4: day, 5: day }),
    roomName: DEFAULT_ROOM_NAME,
    ownerGives: 'yes',
    ...getStartingPolicyFormValues(STARTING_POLICIES),
    ...input,
  };
}

/** The locale of a language and a country, by which dates and prices are written. */
export function deriveLocaleFromCountry({ country }: SetupAnswers): string {
  return /^[A-Z]{2}$/.test(country ?? '') ? `en-${country}` : 'en-IE';
}

export function getRegionOfAnswers(answers: SetupAnswers) {
  return { timeZone: answers.timeZone ?? '', locale: deriveLocaleFromCountry(answers), country: answers.country ?? '' };
}

/** Copies the hours of one weekday to another, with breaks. */
export function copyDayHours(answers: Record<string, string>, from: string, to: string): SetupAnswers {
  const source = WEEKDAYS_FROM_MONDAY.find((day) => String(day) === from) ?? 1;
  const request =
    to === 'all'
      ? WEEKDAYS_FROM_MONDAY
      : to === 'week'
        ? WEEKDAYS_FROM_MONDAY.slice(0, 5)
        : WEEKDAYS_FROM_MONDAY.filter((day) => String(day) === to);
  const fields = listTimeFieldNames(source);
  return Object.fromEntries(
    request.flatMap((day) => listTimeFieldNames(day).map((name, at) => [name, answers[fields[at]!] ?? ''])),
  );
}

/** The practice that complete answers (`addDefaultSetupAnswers`) would make. */
export function toNewPractice(answers: Record<string, string>, now: number): NewPractice {
  const valueOfField = (name: string) => answers[name] ?? '';
  const open = valueOfField('open').split(' ');
  const closed = listHolidaysForSetup(getRegionOfAnswers(answers), now).filter(({ on }) => !open.includes(on));
  const pricesOf = (id: string) =>
    valueOfField(id) === 'yes'
      ? DEFAULT_LENGTHS.map((minutes) => valueOfField(priceFieldName(id, minutes)).trim() || NOT_OFFERED_MARK).join('/')
      : 'none';
  const week = WEEKDAYS_FROM_MONDAY.map((day) => ({ day, ranges: getDayRanges(answers, day) }))
    .filter(({ ranges }) => ranges.length > 0)
    .map(({ day, ranges }) => `${DAYS[day]} ${ranges.map((range) => range.join('-')).join(' ')}`);
  return {
    name: valueOfField('name'),
    ownerName: valueOfField('ownerName'),
    ownerEmail: valueOfField('ownerEmail'),
    ...getRegionOfAnswers(answers),
    country: valueOfField('country') || 'not chosen',
    currency: valueOfField('currency'),
    address: valueOfField('address'),
    phone: valueOfField('phone'),
    mailFrom: valueOfField('mailFrom').trim(),
    mailReplyTo: valueOfField('mailReplyTo').trim(),
    closedDays: closed.map(({ on }) => on).join(' '),
    policies: Object.fromEntries(
      Object.keys(getStartingPolicyFormValues(STARTING_POLICIES)).map((name) => [name, valueOfField(name)]),
    ),
    offer: {
      therapistName: valueOfField(valueOfField('ownerGives') === 'yes' ? 'ownerName' : 'therapistName'),
      ownerGives: valueOfField('ownerGives') as 'yes' | 'no',
      hours: week.join('; '),
      roomName: valueOfField('roomName'),
      setupMinutes: valueOfField('setupMinutes'),
      cleanupMinutes: valueOfField('cleanupMinutes'),
      prices: { swedish: pricesOf('swedish'), sports: pricesOf('sports'), 'deep-tissue': pricesOf('deep-tissue') },
    },
  };
}

/** The errors, by the field that shows them. */
export function checkSetupAnswers(answers: Record<string, string>, now: number): Record<string, string> {
  const issues = checkNewPractice(toNewPractice(answers, now), now);
  return Object.assign(
    {},
    ...issues.map(({ path: [first, second, third], message }): Record<string, string> => {
      if (first === 'policies') return { [String(second)]: message };
      if (first === 'closedDays') return { open: message };
      if (first === 'locale') return { country: message };
      if (first !== 'offer') return { [String(first)]: message };
      if (second === 'hours') return hoursErrors(answers);
      if (second === 'prices') return priceErrors(String(third), message, answers);
      if (second === 'therapistName' && answers.ownerGives === 'yes') return {};
      return { [String(second)]: message };
    }),
  );
}

/** The errors of one screen. */
export function filterErrorsOfScreen(screen: SetupScreenId, errors: Record<string, string>): Record<string, string> {
  const isHere = (field: string) =>
    SETUP_FIELD_NAMES_BY_SCREEN[screen].includes(field) || (screen === 'hours' && /^(hours|week\.\d)$/.test(field));
  return Object.fromEntries(Object.entries(errors).filter(([field]) => isHere(field)));
}

function hoursErrors(answers: Record<string, string>): Record<string, string> {
  const wrong = WEEKDAYS_FROM_MONDAY.flatMap((day) => {
    const read = dayHoursSchema.safeParse(getDayRanges(answers, day));
    return read.success ? [] : [[`week.${day}`, read.error.issues[0]?.message ?? '']];
  });
  return wrong.length > 0 ? Object.fromEntries(wrong) : { hours: 'Give the hours of one day at least.' };
}

function priceErrors(id: string, message: string, answers: Record<string, string>): Record<string, string> {
  if (answers[id] !== 'yes') return { [id]: message };
  const currency = (answers.currency ?? '').trim().toUpperCase();
  const wrong = DEFAULT_LENGTHS.map((minutes) => priceFieldName(id, minutes)).filter((field) => {
    const values = (answers[field] ?? '').trim();
    return values !== '' && parseMoney(values, currency) === null;
  });
  const isKnown = currencyCodeSchema.safeParse(currency).success;
  if (wrong.length === 0) return { [id]: 'Give the price of one length at least, or do not offer it.' };
  const where = isKnown ? currency : 'your currency';
  return Object.fromEntries(
    wrong.map((field) => [field, `Give a price in ${where}, such as ${getMoneyExample(currency)}, or leave it empty.`]),
  );
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no';
}
