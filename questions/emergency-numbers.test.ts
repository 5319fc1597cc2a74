import { describe, expect, it } from 'vitest';
import { redFlags } from '@/care/red-flags';
import { canonicalZoneName } from '@/scheduling/zone-names';
import { findCountryHelp, formatCrisisLine, formatEmergencyHeading, listCountryHelp } from './emergency-numbers';
import { addCountryNumbers, getQuestion, listQuestions } from './library';
import { inlineToText } from './markdown';

/** The first section of a page, as the clients of a practice in this zone read it. */
function read(slug: string, timeZone: string): string {
  const question = addCountryNumbers(getQuestion(slug)!, findCountryHelp({ timeZone }));
  const lines = question.sections['See a doctor first'].flatMap((block) => {
    if (block.kind === 'heading') return [block.title];
    return block.kind === 'rows'
      ? block.rows.map(({ label, matter }) => `${inlineToText(label)} ${inlineToText(matter)}`)
      : [];
  });
  return lines.join('\n');
}

const DIGITS = /\d{3,}/;

describe('the numbers to call', () => {
  it.each([
    ['Europe/Dublin', 'Call 112 or 999, or go to hospital, now', 'call Samaritans, 116 123, or text HELLO to 50808.'],
    ['Europe/London', 'Call 999 or 112, or go to hospital, now', 'call Samaritans, 116 123, or NHS 111, or in'],
    ['Europe/Jersey', 'Call 999, or go to hospital, now', 'call Samaritans, 116 123, or Jersey’s mental health'],
    ['Europe/Guernsey', 'Call 999, or go to hospital, now', 'call Samaritans, 116 123.'],
    ['Europe/Isle_of_Man', 'Call 999, or go to hospital, now', 'call Samaritans, 116 123, or the crisis team of Manx'],
  ])('are those of the country, in %s', (timeZone, heading, lines) => {
    const words = read('stress-anxiety-sleep', timeZone);
    expect(words).toContain(heading);
    expect(words).toContain(lines);
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Africa/Johannesburg', 'UTC'])('are left out in %s', (timeZone) => {
    const words = read('stress-anxiety-sleep', timeZone);
    expect(words).not.toMatch(DIGITS);
    expect(words).toContain('Call your emergency number, or go to hospital, now');
    expect(words).toContain('call a crisis line in your country.');
  });

  // A practice can be set up in any of these zones. Without a file for the country, the page must not seem to know its
  // numbers.
  it('are left out in every other zone where a practice can be set up', () => {
    const helpZones = listCountryHelp().flatMap(({ timeZones }) => timeZones);
    const zones = [...new Set(Intl.supportedValuesOf('timeZone').map(canonicalZoneName))];
    expect(zones).toEqual(expect.arrayContaining(helpZones));
    for (const timeZone of zones.filter((zone) => !helpZones.includes(zone))) {
      expect(findCountryHelp({ timeZone }), timeZone).toBeNull();
    }
    expect([formatEmergencyHeading(null), formatCrisisLine(null)].join(' ')).not.toMatch(/\d/);
    expect(formatEmergencyHeading(null)).toContain('your emergency number');
    expect(formatCrisisLine(null)).toContain('in your country');
  });

  it('are not written into any warning or page of the library', () => {
    expect(JSON.stringify(redFlags).replace(/\d{4}-\d\d-\d\d|-\d{4}/g, '')).not.toMatch(DIGITS);
    for (const question of listQuestions()) {
      // Line numbers of the file are data, not text on the page.
      const words = JSON.stringify([question.shortAnswer, question.sections]).replace(/"line":\d+/g, '');
      expect(words, question.slug).not.toMatch(/\b(?:112|911|999|116 123|50808)\b/);
    }
  });

  it('leave the warnings and their sources unchanged', () => {
    for (const question of listQuestions()) {
      const [withCountry, withoutCountry] = [findCountryHelp({ timeZone: 'Europe/Dublin' }), null].map((country) =>
        addCountryNumbers(question, country),
      );
      expect(withCountry!.sources).toEqual(withoutCountry!.sources);
      const count = (entry: typeof question) =>
        JSON.stringify(entry.sections['See a doctor first']).match(/"cite"/g)?.length;
      expect(count(withCountry!)).toBe(count(withoutCountry!));
    }
  });
});

describe('the files of all countries', () => {
  it('use canonical zone names, each in one file only', () => {
    const zones = listCountryHelp().flatMap(({ timeZones }) => timeZones);
    expect(zones.map(canonicalZoneName)).toEqual(zones);
    expect(new Set(zones).size).toBe(zones.length);
  });
});
