import type { ConsentSigner } from '@/care/consents';
import type { IntakeScreenId } from '@/care/intake-questions';
import type { PracticeQuestionAnswer } from '@/care/practice-questions';
import type { SafetyAnswers, SafetyQuestionId } from '@/care/safety';
import type { SensitiveArea } from '@/care/sensitive-areas';
import { decrypt, encrypt } from '@/db/access/encryption';

// What clients say about their health, as it is stored: JSON, encrypted.

/** One round of the questions before the first visit. */
export interface IntakeAnswers {
  answers: SafetyAnswers;
  /** In their own words, by question. */
  about: Partial<Record<SafetyQuestionId, string>>;
  /** What they want to be able to do again. */
  hopes: string;
  /** To the practice's own questions; not there in what was stored before it could ask any. */
  own?: PracticeQuestionAnswer[];
  /** Who speaks for a client under 18, and whether they will be there. */
  guardian: { name: string; isPresent: boolean } | null;
  /** Why they came when they answered. */
  reason: string;
  /** The screens that were saved. */
  saved: IntakeScreenId[];
}

/** What was said before one session. */
export interface SessionCheckAnswers {
  isNew: boolean;
  answers: SafetyAnswers;
  about: Partial<Record<SafetyQuestionId, string>>;
  /** Where the therapist may work in that session; null where it was not asked, or not answered. */
  areas: Partial<Record<SensitiveArea, 'yes' | 'no'>> | null;
  /** Who answered: the client, or the parent or guardian of one under 18; not there in what was stored before it was asked. */
  signer?: ConsentSigner;
}

const INTAKE = 'intake';
const BEFORE = 'before a session';

export function encryptIntake(answers: IntakeAnswers): string {
  return encrypt(JSON.stringify(answers), INTAKE);
}

/** Null where it was encrypted under another key. */
export function decryptIntake(sealed: string): IntakeAnswers | null {
  return open<IntakeAnswers>(sealed, INTAKE);
}

export function encryptSessionCheck(answers: SessionCheckAnswers): string {
  return encrypt(JSON.stringify(answers), BEFORE);
}

/** Null where it was encrypted under another key. */
export function decryptSessionCheck(sealed: string): SessionCheckAnswers | null {
  return open<SessionCheckAnswers>(sealed, BEFORE);
}

function open<Answers>(sealed: string, purpose: string): Answers | null {
  const text = decrypt(sealed, purpose);
  return text === null ? null : (JSON.parse(text) as Answers);
}
