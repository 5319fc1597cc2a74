import { expect, it } from 'vitest';
import type { CalendarNoticesData } from './load-notices';
import { listNoticeLinks } from './notice-links-line';

const NONE: CalendarNoticesData = {
  handOvers: [],
  unreached: [],
  messages: [],
  clashes: [],
  unmarked: 0,
  unsigned: [],
};
const sound = { mail: false, key: false };
const dates = (...names: string[]) =>
  names.map((clientName, at) => ({ uid: `a${at}`, startsAt: at, clientName, why: 'bounced' as const }));

it('says nothing where nothing waits', () => {
  expect(listNoticeLinks(NONE, sound)).toEqual([]);
});

it('names what waits, the urgent first, and counts a client with two dates once', () => {
  const message = { seriesId: 's', clientName: 'Ana', many: 2, uid: 'a', startsAt: 0 };
  const links = listNoticeLinks(
    { ...NONE, unmarked: 4, messages: [message], unreached: dates('Ana', 'Ana', 'Ben') },
    { mail: true, key: false },
  );
  expect(links).toEqual([
    { href: '#notice-mail', words: 'E-mails are not taken', isUrgent: true },
    { href: '#notice-unreached', words: '2 clients not reached', isUrgent: true },
    { href: '#notice-messages', words: '1 client has written', isUrgent: false },
    { href: '#notice-unmarked', words: '4 massages to mark', isUrgent: false },
  ]);
});
