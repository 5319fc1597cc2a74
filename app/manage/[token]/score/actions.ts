'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { revalidateQuestionPages } from '@/app/practice/settings/revalidate-question-pages';
import { COMPARISON_ANSWERS } from '@/care/describe-progress';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { MAX_GOAL_LENGTH, type ScoreRequest, saveScore } from '@/db/care/pain-scores';
import { optOutOfScoreMail } from '@/db/care/score-mail-opt-out';
import { getNextScoreStep, isScoreStep, type ScoreStep } from './score-steps';

// The token in the form proves who is asking. Scores are never part of an address.

/** Saves the score of one tap, or that it was skipped. */
export async function saveScoreByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 60);
  const step = readText(form, 'step');
  const score = readText(form, 'score');
  const isSkipped = score === 'skip' || !isScoreStep(step);
  const answers = isSkipped ? {} : { [step === 'worst' ? 'worst' : 'usual']: pointOf(score) };
  // A client who skips the question without consenting has nothing stored, and is asked nothing more.
  if (isSkipped && step === 'usual' && readText(form, 'asksConsent') === 'yes' && !isTicked(form))
    redirect(addressOf(token, 'usual', 'skipped'));
  const text = await save(token, { answers, consent: isTicked(form) });
  redirect(
    text === 'ok'
      ? addressOf(token, getNextScoreStep(step))
      : addressOf(token, isScoreStep(step) ? step : 'usual', text),
  );
}

/** Saves optional details: an activity to do again, the comparison, and how the last session was. */
export async function saveScoreDetailsByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 60);
  const task = readText(form, 'task');
  const compared = COMPARISON_ANSWERS.find((known) => known === readText(form, 'compared'));
  const pressure = (['too_light', 'right', 'too_hard'] as const).find((known) => known === readText(form, 'pressure'));
  const sore = readText(form, 'sore');
  const text = await save(token, {
    goal: readText(form, 'goal', MAX_GOAL_LENGTH + 1),
    answers: {
      ...(task !== '' && { task: pointOf(task) }),
      ...(compared && { compared }),
      ...(pressure && { pressure }),
      ...((sore === 'yes' || sore === 'no') && { isSore: sore === 'yes' }),
    },
  });
  redirect(text === 'ok' ? addressOf(token, 'done') : addressOf(token, 'more', text));
}

/** Stops all e-mails that ask for a score. */
export async function optOutOfScoreMailByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 60);
  const text = await changeWithinLimit(async () => {
    const viewer = await findManageLinkViewer(token);
    return viewer && (await optOutOfScoreMail(viewer, { now: Date.now() })) ? 'stopped' : 'not_found';
  });
  redirect(addressOf(token, 'done', text));
}

async function save(token: string, request: ScoreRequest): Promise<string> {
  return changeWithinLimit(async () => {
    const viewer = await findManageLinkViewer(token);
    if (!viewer) return 'not_found';
    const saved = await saveScore(viewer, request, { now: Date.now() });
    // The practice's results on the pages of questions may have changed.
    if (saved.ok && saved.kind === 'session') revalidateQuestionPages();
    return saved.ok ? 'ok' : saved.reason;
  });
}

function isTicked(form: FormData): boolean {
  return readText(form, 'consent') === 'yes';
}

/** A text that is no number becomes NaN, and is refused. */
function pointOf(input: string): number {
  return /^\d{1,2}$/.test(input) ? Number(input) : Number.NaN;
}

function addressOf(token: string, step: ScoreStep | 'more' | 'done', flash?: string): string {
  const query = new URLSearchParams({ ...(step !== 'usual' && { step }), ...(flash && { flash }) });
  return `/manage/${encodeURIComponent(token)}/score${query.size > 0 ? `?${query}` : ''}${flash ? '#flash' : ''}`;
}
