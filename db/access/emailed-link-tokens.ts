import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

// Links that are sent only by e-mail, so whoever presses one reads that address. They confirm a series or a booking
// request, show the answer to a question, confirm that a client will come, manage a waiting list entry, answer an
// offer, open all plans of an address, book the time held for a client, answer a hand-over request, and change the
// address with which a member of staff signs in, or change it back. A token is derived again each time it is needed: 16
// bytes of the id and 16 bytes of a keyed hash.

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Purpose =
  | 'confirm'
  | 'answer'
  | 'coming'
  | `coming:${number}`
  | 'wait'
  | 'offer'
  | 'mine'
  | 'again'
  | 'hand-over'
  | 'new-address'
  | 'earlier-address';

export function makeConfirmToken(id: string): string {
  return tokenOf('confirm', id);
}

/** The id that the token names; null if this server never made it. */
export function readConfirmToken(token: string): string | null {
  return readToken('confirm', token);
}

/** For the page that shows a question and its answer to the person who asked. */
export function makeQuestionAnswerToken(questionId: string): string {
  return tokenOf('answer', questionId);
}

export function readQuestionAnswerToken(token: string): string | null {
  return readToken('answer', token);
}

/**
 * For the link in a reminder that says "I will come". It does nothing else, and ends when the manage link that was sent
 * with it is replaced: `generation` is the generation of that manage link.
 */
export function makeAttendanceToken(appointmentId: string, generation = 0): string {
  return tokenOf(comingOf(generation), appointmentId);
}

/** `generationOf` returns the generation of a date's manage link, or null if there is no such date. */
export async function readAttendanceToken(
  token: string,
  generationOf: (appointmentId: string) => Promise<number | null>,
): Promise<string | null> {
  if (!TOKEN.test(token)) return null;
  const generation = await generationOf(idIn(Buffer.from(token, 'base64url')));
  return generation === null ? null : readToken(comingOf(generation), token);
}

function comingOf(generation: number): Purpose {
  return generation === 0 ? 'coming' : `coming:${generation}`;
}

/**
 * The short code in a text message that leads to the link that says "I will come". The database stores only its hash
 * (72 bits). The code ends with the manage link.
 */
export function makeTextLinkCode({ uid, start }: { uid: string; start: number }, generation: number): string {
  return keyedHash(`text:${generation}:${start}:${uid}`).toString('base64url', 0, 9);
}

export function hashTextLinkCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** For confirming and viewing a waiting list entry, and for leaving the list. */
export function makeWaitlistToken(entryId: string): string {
  return tokenOf('wait', entryId);
}

export function readWaitlistToken(token: string): string | null {
  return readToken('wait', token);
}

/** For one offer to somebody on the waiting list. */
export function makeOfferToken(offerId: string): string {
  return tokenOf('offer', offerId);
}

export function readOfferToken(token: string): string | null {
  return readToken('offer', token);
}

/** For booking the time that is held after the last date of a plan. */
export function makeRebookingToken(appointmentId: string): string {
  return tokenOf('again', appointmentId);
}

export function readRebookingToken(token: string): string | null {
  return readToken('again', token);
}

/** For answering whether dates may go to another therapist. */
export function makeHandOverToken(requestId: string): string {
  return tokenOf('hand-over', requestId);
}

export function readHandOverToken(token: string): string | null {
  return readToken('hand-over', token);
}

/** For changing the address with which a member of staff signs in. `changeId` is its row in `address_changes`. */
export function makeNewAddressToken(changeId: string): string {
  return tokenOf('new-address', changeId);
}

export function readNewAddressToken(token: string): string | null {
  return readToken('new-address', token);
}

/** For putting the earlier address back. It is sent there when the address has been changed. */
export function makeEarlierAddressToken(changeId: string): string {
  return tokenOf('earlier-address', changeId);
}

export function readEarlierAddressToken(token: string): string | null {
  return readToken('earlier-address', token);
}

/** For the page of all plans of an address. `linkId` is its row in `address_links`. */
export function makeAllPlansToken(linkId: string): string {
  return tokenOf('mine', linkId);
}

export function readAllPlansLinkId(token: string): string | null {
  return readToken('mine', token);
}

function tokenOf(purpose: Purpose, id: string): string {
  if (!UUID.test(id)) throw new Error('Only a UUID can be named by a link.');
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, signatureOf(purpose, id)]).toString('base64url');
}

function readToken(purpose: Purpose, token: string): string | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const id = idIn(bytes);
  return timingSafeEqual(bytes.subarray(16), signatureOf(purpose, id)) && tokenOf(purpose, id) === token ? id : null;
}

/** Reads the id without checking who made the token. */
function idIn(bytes: Buffer): string {
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function signatureOf(purpose: Purpose, id: string): Buffer {
  return keyedHash(`${purpose}:${id}`);
}

function keyedHash(text: string): Buffer {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: links cannot be made without it.');
  return createHmac('sha256', secret).update(text).digest().subarray(0, 16);
}
