import ICAL from 'ical.js';

// An iCalendar file as other programs write it, mistakes included.

/** Parses the text. A line that cannot be read is left out, and the rest counts. */
export function parseIcalendarToJcal(input: string): unknown[] {
  // A byte-order mark is not part of the text, and a file may hold several calendars (RFC 5545, section 3.4).
  const text = input.replace(/^\uFEFF/, '');
  try {
    return ICAL.parse(text);
  } catch {
    const unfolded = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
    return ICAL.parse(unfolded.filter(isReadable).join('\r\n'));
  }
}

function isReadable(line: string): boolean {
  if (/^(?:BEGIN|END):[\w-]+$/i.test(line)) return true;
  try {
    ICAL.parse.property(line);
    return true;
  } catch {
    return false;
  }
}
