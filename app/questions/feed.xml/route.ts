import { listShownQuestions } from '@/app/questions/shown-questions';
import { getPractice } from '@/db/practice/practice';
import { baseUrl } from '@/site-address';

// RFC 4287. The dates of an entry come only from the page's own list of changes.
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const { name } = await getPractice();
  const base = baseUrl();
  const entries = (await listShownQuestions())
    .map((question) => ({
      ...question,
      updated: question.changes
        .map(({ on }) => on)
        .sort()
        .at(-1)!,
    }))
    .sort((a, b) => b.updated.localeCompare(a.updated) || a.slug.localeCompare(b.slug));
  const feed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-IE">
  <id>${escaped(base)}/questions</id>
  <title>${escaped(name)}: questions</title>
  <updated>${entries[0]?.updated ?? '1970-01-01'}T00:00:00Z</updated>
  <link rel="self" type="application/atom+xml" href="${escaped(base)}/questions/feed.xml"/>
  <link rel="alternate" type="text/html" href="${escaped(base)}/questions"/>
${entries
  .map(
    ({ slug, question, shortAnswer, published, updated, writtenBy, grade }) => `  <entry>
    <id>${escaped(base)}/questions/${slug}</id>
    <title>${escaped(question)}</title>
    <link rel="alternate" type="text/html" href="${escaped(base)}/questions/${slug}"/>
    <published>${published}T00:00:00Z</published>
    <updated>${updated}T00:00:00Z</updated>
    <author><name>${escaped(writtenBy)}</name></author>
    <category term="${escaped(grade)}"/>
    <summary>${escaped(shortAnswer)}</summary>
  </entry>`,
  )
  .join('\n')}
</feed>
`;
  return new Response(feed, { headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' } });
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
