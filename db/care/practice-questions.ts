import { randomUUID } from 'node:crypto';
import { asc, eq, max } from 'drizzle-orm';
import { z } from 'zod';
import {
  type PracticeFormQuestion,
  type PracticeQuestionAnswer,
  type PracticeQuestionKind,
  parsePracticeQuestionAnswer,
  practiceQuestionKinds,
} from '@/care/practice-questions';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { cleanLine, hasAtMostLetters } from '@/db/input/clean-text';
import { toIssues } from '@/db/input/field-schemas';
import { hashContent, moveByOne } from '@/db/input/list-editing';
import { type Clock, type Invalid, type Issue, invalid, type Refusal } from '@/db/results';
import { practiceQuestions } from '@/db/schema';
import { cleanFreeText, isFreeTextShortEnough } from './free-text';

// The questions that the owner adds to the health form, and the answers to them.

/** Keeps the form short: five screens. */
export const MAX_PRACTICE_QUESTIONS = 8;
export const MAX_PRACTICE_QUESTION_CHOICES = 12;

export interface PracticeQuestionSettings extends PracticeFormQuestion {
  mark: string;
}

/** As the form sends it: `choices` has one choice on each line. */
export interface PracticeQuestionFormValues {
  kind: string;
  words: string;
  choices: string;
  least: string;
  most: string;
  isRequired: boolean;
}

export type SavePracticeQuestionResult = { ok: true } | Invalid | Refusal<'not_found' | 'changed'>;

/** On one line, without invisible characters. */
const onOneLine = (text: string) => cleanLine(cleanFreeText(text).replace(/\s+/g, ' '));
const line = (most: number, message: string) =>
  z
    .string()
    .transform(onOneLine)
    .refine((text) => hasAtMostLetters(text, most), message);
const questionForm = z.object({
  kind: z.enum(practiceQuestionKinds, 'Choose how it is answered.'),
  words: line(200, 'Please keep the question to 200 letters.').refine((text) => text !== '', 'Enter the question.'),
  least: line(40, 'Please keep it to 40 letters.'),
  most: line(40, 'Please keep it to 40 letters.'),
  isRequired: z.boolean(),
});

/** In the order in which the form asks them. */
export async function listPracticeQuestions(db: Db): Promise<PracticeFormQuestion[]> {
  const rows = await db
    .select()
    .from(practiceQuestions)
    .orderBy(asc(practiceQuestions.position), asc(practiceQuestions.id));
  return rows.map(({ position: _, ...question }) => question);
}

export async function listPracticeQuestionSettings(_viewer: Owner): Promise<PracticeQuestionSettings[]> {
  return (await listPracticeQuestions(await reader())).map(withMark);
}

const withMark = (question: PracticeFormQuestion) => ({ ...question, mark: hashContent(question) });

/** Saves a question, or adds one if there is no `id`. A client who has answered already is not asked again. */
export async function savePracticeQuestion(
  viewer: Owner,
  request: { id: string | null; mark: string; form: PracticeQuestionFormValues },
  { now }: Clock,
): Promise<SavePracticeQuestionResult> {
  const parsed = questionForm.safeParse(request.form);
  const choices = readChoices(request.form);
  const issues = [...(parsed.success ? [] : toIssues(parsed.error)), ...choices.issues];
  if (!parsed.success || issues.length > 0) return invalid(issues);
  const { kind, words, isRequired } = parsed.data;
  return transact<SavePracticeQuestionResult>(async (tx) => {
    const all = (await listPracticeQuestions(tx)).map(withMark);
    const before = all.find(({ id }) => id === request.id);
    if (request.id !== null && !before) return { ok: false, reason: 'not_found' };
    if (before && before.mark !== request.mark) return { ok: false, reason: 'changed' };
    if (!before && all.length >= MAX_PRACTICE_QUESTIONS)
      return refuse(
        `There can be ${MAX_PRACTICE_QUESTIONS} questions of your own at most, so that the form stays short.`,
      );
    if (all.some((other) => other.words === words && other.id !== request.id)) return refuse('You ask this already.');
    const values = { kind, words, isRequired, choices: choices.lines };
    if (before) await tx.update(practiceQuestions).set(values).where(eq(practiceQuestions.id, before.id));
    else await tx.insert(practiceQuestions).values({ id: randomUUID(), ...values, position: await nextPosition(tx) });
    await record(tx, viewer, before ? 'form question changed' : 'form question added', now);
    return { ok: true };
  });
}

/** After the last position: the position of a removed question stays empty. */
async function nextPosition(tx: Db): Promise<number> {
  const [last] = await tx.select({ position: max(practiceQuestions.position) }).from(practiceQuestions);
  return (last?.position ?? -1) + 1;
}

/** The choices of a question, or the meanings of both ends of a scale: both or neither. */
function readChoices({ kind, choices, least, most }: PracticeQuestionFormValues): { lines: string[]; issues: Issue[] } {
  if (kind === 'scale') {
    const ends = [onOneLine(least), onOneLine(most)];
    if (ends.every((end) => end === '')) return { lines: [], issues: [] };
    const path = ends[0] === '' ? 'least' : 'most';
    const issues = ends.includes('')
      ? [{ path: [path], message: 'Say what both ends mean, or leave both blank.' }]
      : [];
    return { lines: ends, issues };
  }
  if (kind !== 'choice') return { lines: [], issues: [] };
  const lines = [...new Set(choices.split(/\r\n|\r|\n/).map(onOneLine))].filter((words) => words !== '');
  const issue = (message: string) => ({ lines, issues: [{ path: ['choices'], message }] });
  if (lines.length < 2) return issue('Give at least two answers, each on a line of its own.');
  if (lines.length > MAX_PRACTICE_QUESTION_CHOICES)
    return issue(`Give ${MAX_PRACTICE_QUESTION_CHOICES} answers at most.`);
  if (lines.some((words) => !hasAtMostLetters(words, 80))) return issue('Please keep each answer to 80 letters.');
  return { lines, issues: [] };
}

/** Moves a question one place up or down; false if it is at the end already. */
export async function movePracticeQuestionInOrder(
  viewer: Owner,
  id: string,
  step: -1 | 1,
  { now }: Clock,
): Promise<boolean> {
  return transact(async (tx) => {
    const all = await listPracticeQuestions(tx);
    const order = moveByOne(
      all.map((question) => question.id),
      id,
      step,
    );
    if (!order) return false;
    for (const [position, questionId] of order.entries())
      await tx.update(practiceQuestions).set({ position }).where(eq(practiceQuestions.id, questionId));
    await record(tx, viewer, 'form questions ordered', now);
    return true;
  });
}

/** Stops asking a question. Its answers stay, with the wording at the time. */
export async function removePracticeQuestion(viewer: Owner, id: string, { now }: Clock): Promise<boolean> {
  return transact(async (tx) => {
    const [found] = await tx
      .delete(practiceQuestions)
      .where(eq(practiceQuestions.id, id))
      .returning({ id: practiceQuestions.id });
    if (found) await record(tx, viewer, 'form question removed', now);
    return found !== undefined;
  });
}

/**
 * The answers from a form, by the id of each question it showed. A question that was added meanwhile keeps its earlier
 * answer, and is not reported as missing.
 */
export async function parseSubmittedPracticeAnswers(
  tx: Db,
  sent: Record<string, string>,
  before: PracticeQuestionAnswer[],
): Promise<{ ok: true; answers: PracticeQuestionAnswer[] } | { ok: false; issues: Issue[] }> {
  const answers: PracticeQuestionAnswer[] = [];
  const issues: Issue[] = [];
  for (const { isRequired, ...question } of await listPracticeQuestions(tx)) {
    const input = Object.hasOwn(sent, question.id) ? cleanFreeText(sent[question.id] ?? '') : null;
    if (input === null) {
      answers.push(...before.filter((answer) => answer.question.id === question.id));
      continue;
    }
    const read = parsePracticeQuestionAnswer({ ...question, isRequired }, input);
    const path = [`own-${question.id}`];
    if (!read.ok) issues.push({ path, message: sayProblem(question.kind, read.problem) });
    else if (!isFreeTextShortEnough(read.answer)) issues.push({ path, message: 'Please keep it to 500 letters.' });
    else if (read.answer !== '') answers.push({ question, answer: read.answer });
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, answers };
}

function sayProblem(kind: PracticeQuestionKind, problem: 'empty' | 'other'): string {
  if (problem === 'other') return 'The answers to choose from have changed. Please choose again.';
  return kind === 'text' ? 'Please answer this.' : 'Please choose an answer.';
}

function refuse(message: string): Invalid {
  return invalid([{ path: ['words'], message }]);
}

async function record(tx: Db, viewer: Owner, action: AuditAction, now: number): Promise<void> {
  await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action, subject: 'practice', facts: {} });
}
