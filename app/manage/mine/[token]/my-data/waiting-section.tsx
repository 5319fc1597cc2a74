import { Section } from '@/components/section';
import type { DataWithoutHealth } from '@/db/people/export-data-without-health';
import { formatDayParts, formatWaitlistMassage } from '@/scheduling/format-waitlist-request';
import { formatDay } from '@/scheduling/formatting';
import { findNameAmongSeveral, formatMoment, type KeptData } from './kept-data';
import { ForWhom, KeptRow, KeptRows } from './kept-row';

type Entry = DataWithoutHealth['waitlistEntries'][number];

const ENDINGS: Record<NonNullable<Entry['endedAs']>, string> = {
  booked: 'You booked a time',
  left: 'You left the list',
  removed: 'The practice took it off the list',
};

/** What somebody waits or waited for, the latest first. */
export function WaitingSection(kept: KeptData) {
  const entries = kept.data.waitlistEntries.toSorted((a, b) => b.createdAt - a.createdAt);
  if (entries.length === 0) return null;
  return (
    <Section title="Waiting list" aside="The latest first.">
      <KeptRows>
        {entries.map((entry) => (
          <WaitingRow key={JSON.stringify(entry)} entry={entry} kept={kept} />
        ))}
      </KeptRows>
    </Section>
  );
}

function WaitingRow({ entry, kept }: { entry: Entry; kept: KeptData }) {
  const { clientId, bookedBy, pendingName, pendingEmail, pendingPhone, confirmedAt, endedAt, endedAs } = entry;
  const { data, names, practice } = kept;
  const therapist = entry.therapistId === null ? null : (names.therapists.get(entry.therapistId) ?? null);
  const typed = [pendingName, pendingEmail, pendingPhone].filter((value) => value !== null);
  return (
    <KeptRow title={formatWaitlistMassage({ ...entry, service: names.services.get(entry.serviceId) ?? '', therapist })}>
      <p>
        From {formatDay(entry.fromOn, 'full', practice.locale)} to {formatDay(entry.untilOn, 'full', practice.locale)}:{' '}
        {formatDayParts(entry, practice.locale)}
        <ForWhom name={findNameAmongSeveral(data, clientId)} />.
      </p>
      {typed.length > 0 && (
        <p>
          As it was typed: <bdi>{typed.join(', ')}</bdi>.
        </p>
      )}
      <p>
        Asked {entry.source === 'online' ? 'on this site' : 'at the practice'}
        {bookedBy !== null && (
          <>
            {' '}
            by <bdi>{bookedBy}</bdi>
          </>
        )}
        : {formatMoment(entry.createdAt, kept)}.{' '}
        {confirmedAt === null ? 'Not confirmed.' : `Confirmed: ${formatMoment(confirmedAt, kept)}.`}
        {endedAs !== null && ` ${ENDINGS[endedAs]}`}
        {endedAt !== null && `: ${formatMoment(endedAt, kept)}.`}
      </p>
    </KeptRow>
  );
}
