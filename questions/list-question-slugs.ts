import { readdirSync } from 'node:fs';
import path from 'node:path';

// Lists the questions without reading their files: cheap enough for every request.

export const QUESTIONS_FOLDER = path.join(process.cwd(), 'questions');

export function listQuestionSlugs(): string[] {
  return readdirSync(QUESTIONS_FOLDER)
    .filter((name) => /^[a-z0-9]+(?:-[a-z0-9]+)*\.md$/.test(name))
    .map((name) => name.slice(0, -'.md'.length))
    .sort();
}
