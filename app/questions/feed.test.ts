import { describe, expect, it } from 'vitest';
import { GET as llms } from '@/app/llms.txt/route';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { listQuestions } from '@/questions/library';
import { GET as feed } from './feed.xml/route';

setUpTestDatabase({ now: Date.UTC(2026, 10, 24, 9) });
const questions = listQuestions();

describe('the feed', () => {
  it('has every question once, with its dates and its short answer', async () => {
    const answer = await feed();
    const body = await answer.text();
    expect(answer.headers.get('content-type')).toContain('application/atom+xml');
    expect(body.match(/<entry>/g)).toHaveLength(questions.length);
    for (const { slug, published } of questions) {
      expect(body).toContain(`/questions/${slug}</id>`);
      expect(body).toContain(`<published>${published}T00:00:00Z</published>`);
    }
    expect(body.replace(/&(?:amp|lt|gt|quot);/g, '')).not.toContain('&');
  });
});

describe('the library for language models', () => {
  it('gives each short answer with its certainty', async () => {
    const body = await (await llms()).text();
    for (const { slug, question, shortAnswer, grade } of questions) {
      expect(body).toContain(`[${question}](http`);
      expect(body).toContain(`/questions/${slug}): ${shortAnswer} Evidence: ${grade}.`);
    }
  });
});
