// What a new practice starts with, until its owner changes it.

export const STARTING_POLICIES = {
  stepMinutes: 15,
  noticeMinutes: 120,
  windowDays: 400,
  cancelCutoffMinutes: 24 * 60,
  moveCutoffMinutes: 12 * 60,
  holdMinutes: 10,
  maxSessions: 26,
};

/** Minutes between two starts that are offered: a multiple of the five-minute cell. */
export const START_STEP_CHOICES = [5, 10, 15, 20, 30, 60];

/** The lengths that a massage can have in a new practice. */
export const DEFAULT_LENGTHS = [30, 60, 90];

export const STARTING_SERVICES = [
  {
    id: 'swedish',
    name: 'Swedish',
    summary: 'Long, slow strokes and kneading, with oil. Relaxing; some people doze off.',
    suits: 'A first visit, stress, a sore spot that is easily stirred up',
    pressure: 1,
    prices: { 30: 4200, 60: 6800, 90: 9600 },
  },
  {
    id: 'sports',
    name: 'Sports',
    summary: 'Deeper work and stretches, muscle by muscle. Brisk, and you take part.',
    suits: 'Runners, lifters, a problem in one place',
    pressure: 2,
    prices: { 30: 4600, 60: 7400, 90: 10400 },
  },
  {
    id: 'deep-tissue',
    name: 'Deep tissue',
    summary: 'Slow, strong pressure with knuckle and forearm. Firm, never more than you can take.',
    suits: 'People who know they like it firm',
    pressure: 3,
    prices: { 30: 4800, 60: 7800, 90: 11000 },
  },
] as const;

/** Currencies in which the same figure is a plausible price for a massage. 42 yen is not. */
const PRICED_ALIKE = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD'];

/**
 * The suggested price of a massage for each length; empty in other currencies, where the figures would make no sense.
 */
export function getDefaultPrices(id: StartingServiceId, currency: string): string[] {
  const { prices } = STARTING_SERVICES.find((service) => service.id === id)!;
  return PRICED_ALIKE.includes(currency) ? Object.values(prices).map((cents) => String(cents / 100)) : [];
}

export const DEFAULT_ROOM_NAME = 'Treatment room';
export const DEFAULT_WEEKLY_HOURS = 'Mon-Fri 09:00-13:00 14:00-18:00';

export type StartingServiceId = (typeof STARTING_SERVICES)[number]['id'];
