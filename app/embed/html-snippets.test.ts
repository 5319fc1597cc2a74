import { describe, expect, it } from 'vitest';
import { buildFrameSnippet, buildLinkSnippet } from './html-snippets';

describe('the HTML to copy into another site', () => {
  it('is one plain link with its style inline', () => {
    const snippet = buildLinkSnippet('https://massage.example/book?type=swedish&from=sciatica');
    expect(snippet).toContain('href="https://massage.example/book?type=swedish&amp;from=sciatica"');
    expect(snippet).toMatch(/^<a [^<>]+>Ready to book<\/a>$/);
  });

  it('closes no attribute early, whatever the name of the practice', () => {
    const snippet = buildFrameSnippet('https://massage.example/embed/times', 'Times at "A" <b> & Co');
    expect(snippet).toContain('title="Times at &quot;A&quot; &lt;b&gt; &amp; Co"');
    expect(snippet).toMatch(/^<iframe [^<>]+><\/iframe>$/);
  });
});
