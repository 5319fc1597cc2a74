import { ClashMark } from '@/components/date-state-mark';
import type { CalendarNoticesData } from './load-notices';

interface NoticeLink {
  href: string;
  words: string;
  /** Somebody is waiting, or will come in vain. */
  isUrgent: boolean;
}

/** A few words for each thing that waits below the day. On a desk this line is above the day, and does not move it. */
export function NoticeLinksLine({
  notices,
  faults,
}: {
  notices: CalendarNoticesData;
  faults: { mail: boolean; key: boolean };
}) {
  const links = listNoticeLinks(notices, faults);
  if (links.length === 0) return null;
  return (
    <nav aria-label="Notices" className="flex flex-wrap gap-x-5 text-small max-wide:hidden print:hidden">
      {links.map(({ href, words, isUrgent }) => (
        <a
          key={href}
          href={href}
          className={`inline-flex min-h-8 items-center gap-1.5 ${isUrgent ? 'font-medium text-clay hover:text-clay' : ''}`}
        >
          {isUrgent && <ClashMark />}
          {words}
        </a>
      ))}
    </nav>
  );
}

/** What waits, the urgent first. */
export function listNoticeLinks(
  { handOvers, unreached, messages, clashes, unmarked, unsigned }: CalendarNoticesData,
  faults: { mail: boolean; key: boolean },
): NoticeLink[] {
  const count = (many: number, singular: string, plural: string) =>
    many === 1 ? `1 ${singular}` : `${many} ${plural}`;
  const unreachedClients = new Set(unreached.map(({ clientName }) => clientName)).size;
  const all = [
    { many: Number(faults.mail), href: '#notice-mail', words: 'E-mails are not taken', isUrgent: true },
    { many: Number(faults.key), href: '#notice-key', words: 'A key is missing', isUrgent: true },
    {
      many: handOvers.length,
      href: '#notice-hand-overs',
      words: count(handOvers.length, 'hand-over to decide', 'hand-overs to decide'),
      isUrgent: true,
    },
    {
      many: unreachedClients,
      href: '#notice-unreached',
      words: count(unreachedClients, 'client not reached', 'clients not reached'),
      isUrgent: true,
    },
    {
      many: clashes.length,
      href: '#notice-clashes',
      words: count(clashes.length, 'clash with a calendar elsewhere', 'clashes with calendars elsewhere'),
      isUrgent: true,
    },
    {
      many: messages.length,
      href: '#notice-messages',
      words: count(messages.length, 'client has written', 'clients have written'),
      isUrgent: false,
    },
    {
      many: unmarked,
      href: '#notice-unmarked',
      words: count(unmarked, 'massage to mark', 'massages to mark'),
      isUrgent: false,
    },
    {
      many: unsigned.length,
      href: '#notice-notes',
      words: count(unsigned.length, 'note to sign', 'notes to sign'),
      isUrgent: false,
    },
  ];
  return all.filter(({ many }) => many > 0).map(({ many: _, ...link }) => link);
}
