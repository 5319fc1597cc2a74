import { listShownQuestions } from '@/app/questions/shown-questions';
import { getPractice } from '@/db/practice/practice';
import { baseUrl } from '@/site-address';

// llmstxt.org: the library in plain Markdown, each short answer with its certainty.
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const { name } = await getPractice();
  const base = baseUrl();
  const lines = (await listShownQuestions()).map(
    ({ slug, question, shortAnswer, grade }) =>
      `- [${question}](${base}/questions/${slug}): ${shortAnswer} Evidence: ${grade}.`,
  );
  const text = `# ${name}

> Honest answers on what massage can and cannot do, one question a page, graded and cited, and a regular time to book.

The practice sells massage. No page replaces a doctor; each says when to see one first.

## Questions

${lines.join('\n')}

## About

- [How we grade](${base}/questions/how-we-grade)
- [Who writes this](${base}/questions/who-writes-this)
- [Book](${base}/book)
`;
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
