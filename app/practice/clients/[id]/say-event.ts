import type { ClientEvent } from '@/db/people/get-client';

type Say = (instant: number) => string;

const WORDS: Record<string, (facts: Record<string, unknown>, say: Say) => string> = {
  booked: ({ appointments }) => (isNumber(appointments) ? `Booked ${countOf(appointments)}` : 'Booked'),
  'booked skipped': () => 'Booked a date that had been left out',
  extended: () => 'Added more dates',
  moved: ({ from, to, moved }, say) => {
    const when = isNumber(from) && isNumber(to) ? `, from ${say(from)} to ${say(to)}` : '';
    return Array.isArray(moved) ? `Moved ${countOf(moved.length)}, the first${when}` : `Moved a date${when}`;
  },
  cancelled: ({ cancelled }) => (Array.isArray(cancelled) ? `Cancelled ${countOf(cancelled.length)}` : 'Cancelled'),
  confirmed: ({ way }) => (way === 'staff' ? 'Said that they are known' : 'Confirmed the e-mail address'),
  completed: () => 'Noted that a date took place',
  'marked no-show': () => 'Noted that they did not come',
  'took back the outcome': () => 'Took back how a date went',
  'client changed': ({ fields }) =>
    Array.isArray(fields)
      ? `Changed the ${fields.map((name) => FIELDS[String(name)] ?? String(name)).join(', the ')}`
      : 'Changed',
  'clients joined': () => 'Joined with another entry',
  wrote: () => 'Wrote to them',
  exported: () => 'Took a copy of all that is kept of them',
  'link renewed': () => 'Renewed their link and sent it to them',
};

const FIELDS: Record<string, string> = {
  email: 'e-mail address',
  phone: 'phone number',
  favouriteTherapistId: 'therapist they like to see',
  booking: 'way they book online',
};

/** One line of a client's history: what was done, and by whom. */
export function sayEvent({ action, facts, by }: Pick<ClientEvent, 'action' | 'facts' | 'by'>, say: Say): string {
  const known = Object.hasOwn(WORDS, action) ? WORDS[action] : undefined;
  const what = known ? known(facts, say) : capital(action.replaceAll('_', ' '));
  if (by.kind === 'staff') return `${what}, by ${by.name}.`;
  return by.kind === 'client' ? `${what}, by the client.` : `${what}, on the website.`;
}

function countOf(many: number): string {
  return many === 1 ? 'one date' : `${many} dates`;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
