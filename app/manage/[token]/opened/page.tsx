import type { Metadata } from 'next';
import { loadManagedSeries } from '@/app/manage/[token]/managed-series';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { listNoteReadLogForClient, type NoteReadLogEntry } from '@/db/care/note-read-log';
import { formatDateWithoutWeekday, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

export const metadata: Metadata = { title: 'Who has opened your notes', robots: { index: false } };

export default async function OpenedPage({ params }: { params: Promise<{ token: string }> }) {
  const { token, viewer, practice } = await loadManagedSeries(params);
  const readings = await listNoteReadLogForClient(viewer);
  const { timeZone, locale } = practice;
  const dayOf = (instant: number) => formatDateWithoutWeekday(toWallTime(timeZone, instant).on, 'full', locale);
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="Who has opened your notes"
        crumbs={[{ href: `/manage/${token}`, label: 'Your dates' }]}
        from="After a session your therapist may write a note. They, others here who treat you, and the owner can read it. The front desk cannot. Each time somebody opens one, it is written down here."
      />
      {readings.length === 0 ? (
        <p className="pb-12">Nobody has opened a note of these dates so far.</p>
      ) : (
        <ul className="mb-8 max-w-[50rem] border-y border-line border-t-ink">
          {readings.map((reading) => (
            <li key={reading.id} className="border-t border-line py-3 first:border-t-0">
              <p className="font-medium">{nameOf(reading)}</p>
              <p className="text-small text-soft">
                {dayOf(reading.at)}, {formatTime(timeZone, reading.at, locale)}. The note of your session on{' '}
                {dayOf(reading.sessionAt)}.
              </p>
            </li>
          ))}
        </ul>
      )}
      <p className="max-w-measure pb-12 text-soft">
        To read your notes yourself, ask the practice for a copy:{' '}
        <a href={`mailto:${practice.email}?subject=My%20data`} className="inline-flex min-h-11 items-center">
          {practice.email}
        </a>
      </p>
    </Shell>
  );
}

function nameOf({ by }: NoteReadLogEntry): string {
  return by.kind === 'staff' ? by.name : 'Somebody who worked here';
}
