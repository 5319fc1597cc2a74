import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { CalendarFeedForm } from '@/components/calendar-feed-form';
import { type FlashContent, FlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { getCalendarImport } from '@/db/calendars/calendar-import';
import { type FeedSettings, getFeedSettings } from '@/db/calendars/feeds';
import { listRooms } from '@/db/offer/rooms';
import { getPractice } from '@/db/practice/practice';
import { baseUrl } from '@/site-address';
import { createCalendarFeed, deleteCalendarFeed, updateCalendarFeed } from './actions';
import { CalendarImportSection } from './calendar-import-section';

export const metadata: Metadata = { title: 'Calendar apps', robots: { index: false } };

const PAGE_PATH = '/practice/calendars';
const actions = { make: createCalendarFeed, change: updateCalendarFeed, remove: deleteCalendarFeed };

const notices: Record<string, FlashContent> = {
  made: { tone: 'good', title: 'The address is made', text: 'If there was one before, it no longer works.' },
  changed: { tone: 'good', title: 'Saved', text: 'Calendar apps show it when they next ask: most do within hours.' },
  removed: { tone: 'good', title: 'The address is removed', text: 'It no longer works.' },
  kept_free: { tone: 'good', title: 'Your calendar is connected', text: 'Its busy times are read within a minute.' },
  not_kept_free: { tone: 'good', title: 'The calendar is removed', text: 'Its times can be booked again.' },
  gone: { tone: 'bad', title: 'There was nothing to do', text: 'What you see now is how it stands.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
};

const OWN_DETAILS = [
  { value: 'massage', label: 'Which massage it is: “Massage 3 of 8”' },
  { value: 'busy', label: 'Only “Busy”' },
  { value: 'names', label: 'The client’s name and the massage' },
];
const ROOM_DETAILS = [
  { value: 'massage', label: 'Which massage it is: “Massage 3 of 8”' },
  { value: 'busy', label: 'Only “Busy”' },
  { value: 'names', label: 'The therapist and the massage, never the client' },
];

/** A therapist's own dates in their calendar app; for an owner those of each room too. */
export default async function CalendarsPage({
  searchParams,
}: {
  searchParams: Promise<{ flash?: string | string[]; room?: string | string[] }>;
}) {
  await connection();
  const viewer = await requireRole('practitioner');
  const isOwner = viewer.role === 'owner';
  const [practice, own, found, rooms, { flash, room }] = await Promise.all([
    getPractice(),
    getFeedSettings(viewer),
    getCalendarImport(viewer),
    isOwner ? listRooms(viewer) : [],
    searchParams,
  ]);
  const open = typeof room === 'string' ? rooms.find(({ id }) => id === room) : undefined;
  if (room !== undefined && !open) notFound();
  const roomFeed = open && (await getFeedSettings(viewer, open.id));
  return (
    <PracticeShell
      practice={practice}
      current={isOwner ? 'settings' : undefined}
      viewer={viewer}
      signOut={<SignOutForms />}
    >
      <PageHeader
        title="Calendar apps"
        crumbs={isOwner ? [{ href: '/practice/settings', label: 'Settings' }] : undefined}
        from="An address that your phone or computer reads by itself: what is booked, moved or cancelled here changes there. Nothing can be changed from there."
      />
      <FlashNotice flash={flash} notices={notices} />
      {viewer.therapistId !== null && (
        <Section title="Your appointments" aside="The past year, and all upcoming ones.">
          <CalendarFeedForm
            feed={shown(own)}
            name="your appointments"
            id="own"
            details={OWN_DETAILS}
            fields={{}}
            actions={actions}
          />
        </Section>
      )}
      {viewer.therapistId !== null && <CalendarImportSection found={found} now={Date.now()} />}
      {isOwner && (
        <Section title="Rooms" aside="Each room has a calendar of its own.">
          <ul className="mb-6 flex max-w-[46rem] flex-wrap gap-x-6">
            {rooms.map(({ id, name }) => (
              <li key={id}>
                <a
                  href={`${PAGE_PATH}?room=${id}#rooms`}
                  aria-current={id === open?.id || undefined}
                  className="inline-flex min-h-11 items-center wrap-anywhere aria-[current]:font-medium aria-[current]:text-ink"
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
          {open && (
            <section id="rooms" aria-label={open.name}>
              <h3 className="mb-3">{open.name}</h3>
              <CalendarFeedForm
                feed={shown(roomFeed ?? null)}
                name={open.name}
                id="room"
                details={ROOM_DETAILS}
                fields={{ room: open.id }}
                actions={actions}
              />
            </section>
          )}
        </Section>
      )}
    </PracticeShell>
  );
}

function shown(feed: FeedSettings | null) {
  return feed && { address: `${baseUrl()}/feeds/${feed.token}.ics`, detail: feed.detail };
}
