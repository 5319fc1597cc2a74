import { describe, expect, it } from 'vitest';
import {
  careConsentKinds,
  getConsentText,
  getConsentTextForSigner,
  getErrorReportNotice,
  getSensitiveAreaConsentText,
  isCareConsentKind,
  isGuardianConsentVersion,
} from './consents';

describe('what people agree to', () => {
  it('names the practice in the consent to keep a booking', () => {
    expect(getConsentText('booking', 'Elm Massage').text).toContain('Elm Massage may keep the names');
  });

  it('names every kind of health data that a booking stores', () => {
    const { text } = getConsentText('booking', 'Elm Massage');
    for (const item of ['the note', 'the score', 'the question I came from']) expect(text).toContain(item);
  });

  it('has a new version whenever its words change', () => {
    expect(getConsentText('booking', 'X')).toEqual({
      version: '2026-12-01',
      text: 'X may keep the names, the dates and, where I give them, the note, the score and the question I came from, to give these massages.',
    });
    expect(getConsentText('question', 'X')).toEqual({
      version: '2026-11-27',
      text: 'The practice may keep my question and my address to answer it.',
    });
  });

  it('says how long an error report is kept, and asks readers to leave their health out of it', () => {
    expect(getErrorReportNotice(30)).toMatch(/until 30 days after .* leave your own health out/);
  });

  it.each(['booking', 'question', ...careConsentKinds] as const)(
    'has as its version the day on which its words last changed: %s',
    (kind) => {
      expect(getConsentText(kind, 'Elm Massage').version).toMatch(/^\d{4}-\d\d-\d\d(\.\d)?$/);
    },
  );

  it('has one sentence for each of the three consents, none of which is part of another', () => {
    const texts = careConsentKinds.map((kind) => getConsentText(kind, 'Elm Massage').text);
    expect(texts).toEqual([
      'I agree to be massaged at Elm Massage. I can say stop at any time, and need give no reason.',
      'Elm Massage may keep what I tell about my health, and show it to the owner and to whoever treats me, so that I am massaged safely.',
      'Elm Massage may also write to me about other things than my bookings.',
    ]);
  });

  it('tells care consents from other kinds of consent', () => {
    expect(['treated', 'booking', 'made up'].map(isCareConsentKind)).toEqual([true, false, false]);
  });

  it.each(careConsentKinds)('says who speaks for a client under 18, as a version of its own: %s', (kind) => {
    const plain = getConsentText(kind, 'Elm Massage');
    const guardianText = getConsentTextForSigner(kind, 'Elm Massage', 'guardian');
    expect(guardianText).toEqual({
      version: `${plain.version} guardian`,
      text: `I am the parent or guardian of this client, who is under 18, and say for them: ${plain.text}`,
    });
    expect(
      [guardianText, getConsentTextForSigner(kind, 'Elm Massage', 'adult')].map((consent) =>
        isGuardianConsentVersion(consent.version),
      ),
    ).toEqual([true, false]);
  });

  it('has adults state their age before they agree to a massage or to stored answers', () => {
    const adult = careConsentKinds.map((kind) => getConsentTextForSigner(kind, 'Elm Massage', 'adult'));
    expect(adult.map(({ text }) => text.startsWith('I am 18 or older. '))).toEqual([true, true, false]);
    expect(adult.map(({ version }) => version)).toEqual(['2026-11-28 adult', '2026-11-28 adult', '2026-11-28']);
  });

  it('allows work near a sensitive area for one session, without recording which area was chosen', () => {
    const { text, version } = getSensitiveAreaConsentText('Tuesday 1 December at 18:00', 'adult');
    expect(text).toMatch(/^For the session on Tuesday 1 December at 18:00: /);
    expect(getSensitiveAreaConsentText('Tuesday 1 December at 18:00', 'guardian')).toEqual({
      version: `${version} guardian`,
      text: `I am the parent or guardian of this client, who is under 18, and say for them: ${text}`,
    });
    for (const place of ['buttocks', 'inner thighs', 'chest', 'belly']) expect(text).toContain(place);
  });
});
