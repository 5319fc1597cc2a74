import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

// The links that only an e-mail holds: whoever presses one reads that address. One confirms a series, or a request that
// waits to be booked; another shows the answer to a question; the third says that its reader comes to a date; two are of
// the waiting list; one opens all plans of its address; by one a reader books what is held for them; and by one they say
// whether their dates may go over to another therapist. Each is made anew whenever it is needed: 16 bytes of the
// id and 16 of a keyed hash.

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Purpose = 'confirm' | 'answer' | 'coming' | `coming:${number}` | 'wait' | 'offer' | 'mine' | 'again' | 'hand-over';

export function makeConfirmToken(id: string): string {
  return tokenOf('confirm', id);
}

/** The id a link was made for, or null where this server made no such link. */
export function readConfirmToken(token: string): string | null {
  return readToken('confirm', token);
}

/** For the page that shows a reader their question and its answer. */
export function makeQuestionAnswerToken(questionId: string): string {
  return tokenOf('answer', questionId);
}

export function readQuestionAnswerToken(token: string): string | null {
  return readToken('answer', token);
}

/**
 * For the link of a reminder by which its reader says that they come. It opens nothing else, and ends with the link to
 * the plan: `generation` is which of those it was sent beside.
 */
export function makeAttendanceToken(appointmentId: string, generation = 0): string {
  return tokenOf(comingOf(generation), appointmentId);
}

/** `generationOf`: of the link to the plan of a date; null where there is no such date. */
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
 * The short code of a text message, which leads to the link by which its reader says that they come. What is stored is its
 * hash: 72 bits, and it ends with the link to the plan.
 */
export function makeTextLinkCode({ uid, start }: { uid: string; start: number }, generation: number): string {
  return keyedHash(`text:${generation}:${start}:${uid}`).toString('base64url', 0, 9);
}

export function hashTextLinkCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** For what somebody waits for: to confirm it, to see it, and to leave the waiting list. */
export function makeWaitlistToken(entryId: string): string {
  return tokenOf('wait', entryId);
}

export function readWaitlistToken(token: string): string | null {
  return readToken('wait', token);
}

/** For one offer to somebody who waits. */
export function makeOfferToken(offerId: string): string {
  return tokenOf('offer', offerId);
}

export function readOfferToken(token: string): string | null {
  return readToken('offer', token);
}

/** For booking what is held for the client of a date that was the last of their plan. */
export function makeRebookingToken(appointmentId: string): string {
  return tokenOf('again', appointmentId);
}

export function readRebookingToken(token: string): string | null {
  return readToken('again', token);
}

/** For the question whether dates may go over to another therapist. */
export function makeHandOverToken(requestId: string): string {
  return tokenOf('hand-over', requestId);
}

export function readHandOverToken(token: string): string | null {
  return readToken('hand-over', token);
}

/** For the page of all plans of an address, named by its row in `address_links`. */
export function makeAllPlansToken(linkId: string): string {
  return tokenOf('mine', linkId);
}

export function readAllPlansToken(token: string): string | null {
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

/** What it names, whoever made it. */
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
