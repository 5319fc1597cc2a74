import { describe, expect, it } from 'vitest';
import { consentText, reportNotice } from './consents';

describe('what people agree to', () => {
  it('names the practice where it keeps a booking', () => {
    expect(consentText('booking', 'Elm Massage').text).toContain('Elm Massage may keep my name');
  });

  it('names all that a booking keeps of somebody’s health', () => {
    const { text } = consentText('booking', 'Elm Massage');
    for (const kept of ['my note', 'my score', 'the question I came from']) expect(text).toContain(kept);
  });

  it('has another version whenever its words change', () => {
    expect(consentText('booking', 'X')).toEqual({
      version: '2026-11-27.2',
      text: 'X may keep my name, my dates and, where I give them, my note, my score and the question I came from, to give me these massages.',
    });
    expect(consentText('question', 'X')).toEqual({
      version: '2026-11-27',
      text: 'The practice may keep my question and my address to answer it.',
    });
  });

  it('says how long a report is kept, and to leave health out of it', () => {
    expect(reportNotice(30)).toMatch(/until 30 days after .* leave your own health out/);
  });

  it.each(['booking', 'question'] as const)('carries the day on which its words last changed: %s', (kind) => {
    expect(consentText(kind, 'Elm Massage').version).toMatch(/^\d{4}-\d\d-\d\d(\.\d)?$/);
  });
});
