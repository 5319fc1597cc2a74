import { createHash } from 'node:crypto';

// The owner of a hold's claims is a name made of the plan, the browser and the sender it came from, so that the holds
// of each can be found again. All but the first of these functions give a SQL LIKE pattern.

/** `sender`: as `hashIp` gives it. */
export function formatHoldName(key: string, browser: string, sender: string): string {
  return `hold:${hash(key)}:${hash(browser)}:${sender}`;
}

/** `key`: of a plan in a browser, `browserWideHoldKey` of one, or `rebookingHoldName` of a date. */
export function holdPatternOfKey(key: string): string {
  if (key.startsWith(browserWideHoldKey(''))) return holdPatternOfBrowser(key.slice(browserWideHoldKey('').length));
  return key.startsWith(rebookingHoldName('')) ? key : `hold:${hash(key)}:%`;
}

export function holdPatternOfBrowser(browser: string): string {
  return `hold:%:${hash(browser)}:%`;
}

/** `sender`: as `hashIp` gives it, or a LIKE pattern of such. */
export function holdPatternOfSender(sender: string): string {
  return `hold:%:${sender}`;
}

/** Stands for a key where all plans of a browser are meant: what is held for one of them is free to the others. */
export function browserWideHoldKey(browser: string): string {
  return `browser:${browser}`;
}

/** The owner, and the key, of what is held for the client of a date that was the last of their plan. */
export function rebookingHoldName(appointmentId: string): string {
  return `again:${appointmentId}`;
}

/** The owner of what is held for somebody who waits. */
export function offerHoldName(offerId: string): string {
  return `offer:${offerId}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
