import { revalidatePath } from 'next/cache';
import { processState } from '@/process-state';

/** Question pages are rendered once and cached: they name the practice, its massages and their prices. */
export function revalidateQuestionPages(): void {
  revalidatePath('/questions/[slug]', 'page');
  processState.questionPagesVersion++;
  // Next revalidates only once the action has ended (server/http-server.ts marks that end).
  const request = processState.request.getStore();
  if (!request || request.isChangingQuestionPages) return;
  request.isChangingQuestionPages = true;
  processState.questionPagesChanging++;
}
