import type { ConsentSigner } from '@/care/consents';
import type { IntakeScreenId } from '@/care/intake-questions';
import type { PracticeQuestionAnswer } from '@/care/practice-questions';
import type { SafetyAnswers, SafetyQuestionId } from '@/care/safety';
import type { SensitiveArea } from '@/care/sensitive-areas';
import { decrypt, encrypt } from '@/db/access/encryption';

// How clients' health answers are stored: as JSON, encrypted.

/** One filled-in health form. */
export interface IntakeAnswers {
  answers: SafetyAnswers;
  /** The client's own words, by question. */
  about: Partial<Record<SafetyQuestionId, string>>;
  /** What the client wants to be able to do again. */
  hopes: string;
  /** Answers to the practice's own questions; missing in forms stored before there were such questions. */
  own?: PracticeQuestionAnswer[];
  /** The guardian of a client under 18, and whether they will be present. */
  guardian: { name: string; isPresent: boolean } | null;
  /** Why the client came, at the time of the form. */
  reason: string;
  /** The screens that were saved. */
  saved: IntakeScreenId[];
}

/** The answers given before one session. */
export interface SessionCheckAnswers {
  isNew: boolean;
  answers: SafetyAnswers;
  about: Partial<Record<SafetyQuestionId, string>>;
  /** Where the therapist may work in that session; null if this was not asked or not answered. */
  areas: Partial<Record<SensitiveArea, 'yes' | 'no'>> | null;
  /**
   * Who answered: the client, or the parent or guardian of a client under 18; missing in answers stored before this was
   * recorded.
   */
  signer?: ConsentSigner;
}

const INTAKE = 'intake';
const BEFORE = 'before a session';

export function encryptIntake(answers: IntakeAnswers): string {
  return encrypt(JSON.stringify(answers), INTAKE);
}

/** Null if it was encrypted under another key. */
export function decryptIntake(sealed: string): IntakeAnswers | null {
  return open<IntakeAnswers>(sealed, INTAKE);
}

export function encryptSessionCheck(answers: SessionCheckAnswers): string {
  return encrypt(JSON.stringify(answers), BEFORE);
}

/** Null if it was encrypted under another key. */
export function decryptSessionCheck(sealed: string): SessionCheckAnswers | null {
  return open<SessionCheckAnswers>(sealed, BEFORE);
}

function open<Answers>(sealed: string, purpose: string): Answers | null {
  const text = decrypt(sealed, purpose);
  return text === null ? null : (JSON.parse(text) as Answers);
}
