import { listQuestionPages, type QuestionPageView } from '@/db/questions/question-pages';
import { listQuestions, type Question } from '@/questions/library';

// The library as this practice shows it: in its own order, without hidden pages, and with the reviewers that it named.

export interface ShownQuestion extends Question {
  reviewer: QuestionPageView['reviewer'];
}

export interface QuestionWithSettings extends ShownQuestion {
  isHidden: boolean;
  /** The version of the owner's settings for this page. */
  version: number;
}

/** All pages, hidden ones too, in the order in which they are shown. */
export async function listQuestionsWithSettings(): Promise<QuestionWithSettings[]> {
  const set = new Map((await listQuestionPages()).map((page) => [page.slug, page]));
  const place = ({ slug }: Question) => set.get(slug)?.position ?? Number.MAX_SAFE_INTEGER;
  return listQuestions()
    .toSorted((a, b) => place(a) - place(b))
    .map((question) => {
      const { isHidden = false, reviewer = null, version = 0 } = set.get(question.slug) ?? {};
      return { ...question, isHidden, reviewer, version };
    });
}

export async function listShownQuestions(): Promise<ShownQuestion[]> {
  return (await listQuestionsWithSettings()).filter(({ isHidden }) => !isHidden);
}

export async function getShownQuestion(slug: string): Promise<ShownQuestion | null> {
  return (await listShownQuestions()).find((question) => question.slug === slug) ?? null;
}

/** Whether the owner has changed the order of the pages. */
export async function isOrderedByOwner(): Promise<boolean> {
  return (await listQuestionPages()).some(({ position }) => position !== null);
}
