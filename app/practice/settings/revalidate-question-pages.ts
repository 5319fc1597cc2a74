import { revalidatePath } from 'next/cache';
import { processState } from '@/process-state';

/** The pages of questions are drawn once and kept: they name the practice, what it offers and at what price. */
export function revalidateQuestionPages(): void {
  revalidatePath('/questions/[slug]', 'page');
  processState.questionPagesVersion++;
  // Next does it only when the action is through (server/http-server.ts ends this).
  const request = processState.request.getStore();
  if (!request || request.isChangingQuestionPages) return;
  request.isChangingQuestionPages = true;
  processState.questionPagesChanging++;
}
