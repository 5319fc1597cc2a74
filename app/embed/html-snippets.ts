// The HTML to copy into another site's page. It is self-contained: no script, no style sheet of ours, and nothing is
// fetched except, for the grid, the grid itself.

const style = [
  'display:inline-block',
  'padding:14px 22px',
  'border-radius:3px',
  'background:#2c6e5b',
  'color:#faf7f2',
  'font:500 16px/20px system-ui,sans-serif',
  'text-decoration:none',
].join(';');

export function buildLinkSnippet(address: string): string {
  return `<a href="${escaped(address)}" style="${style}">Ready to book</a>`;
}

export function buildFrameSnippet(address: string, title: string): string {
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" height="640" loading="lazy" style="border:1px solid #e2dad0;border-radius:3px"></iframe>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
