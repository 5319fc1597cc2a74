import { describe, expect, it } from 'vitest';
import {
  makeConfirmToken,
  makeQuestionAnswerToken,
  readConfirmToken,
  readQuestionAnswerToken,
} from './emailed-link-tokens';

process.env.AUTH_SECRET ??= 'a secret for tests, and for nothing else';
const ID = '5b0c1c5e-0000-4000-8000-000000000000';

describe('the link to an answer', () => {
  it('names its question, and cannot be made from the id alone', () => {
    const token = makeQuestionAnswerToken(ID);
    expect(readQuestionAnswerToken(token)).toBe(ID);
    for (const wrong of [ID, '', `${token}x`, `A${token.slice(1)}`, `${token.slice(0, -2)}AA`])
      expect(readQuestionAnswerToken(wrong)).toBeNull();
  });

  it('does not confirm anything, and a confirmation link opens no answer', () => {
    expect(readConfirmToken(makeQuestionAnswerToken(ID))).toBeNull();
    expect(readQuestionAnswerToken(makeConfirmToken(ID))).toBeNull();
  });
});
