import { createHash } from 'node:crypto';

// The owner of a hold's claims is a name made of the plan, the browser and the sender, so that the holds of each can be
// found. `holdPattern…` returns a SQL LIKE pattern of such names. A time held after a plan's last date, or for an offer,
// has a name of its own kind.

/** `sender`: as returned by `hashIp`. */
export function formatHoldName(key: string, browser: string, sender: string): string {
  return `hold:${hash(key)}:${hash(browser)}:${sender}`;
}

/** `key`: of a plan in a browser, `browserWideHoldKey` of a browser, or `rebookingHoldName` of a date. */
export function holdPatternOfKey(key: string): string {
  if (key.startsWith(browserWideHoldKey(''))) return holdPatternOfBrowser(key.slice(browserWideHoldKey('').length));
  return key.startsWith(rebookingHoldName('')) ? key : `hold:${hash(key)}:%`;
}

export function holdPatternOfBrowser(browser: string): string {
  return `hold:%:${hash(browser)}:%`;
}

/** `sender`: as returned by `hashIp`, or a LIKE pattern of such values. */
export function holdPatternOfSender(sender: string): string {
  return `hold:%:${sender}`;
}

/** Stands for the keys of all plans of a browser: time held for one of them is free for the others. */
export function browserWideHoldKey(browser: string): string {
  return `browser:${browser}`;
}

/** The owner, and the key, of the time held for a client after the last date of their plan. */
export function rebookingHoldName(appointmentId: string): string {
  return `again:${appointmentId}`;
}

/** The owner of the time held for an offer to somebody on the waiting list. */
export function offerHoldName(offerId: string): string {
  return `offer:${offerId}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
