import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { ReorderableList, RowActionButton } from '@/app/practice/settings/reorderable-list';
import { RetireForm } from '@/app/practice/settings/retire-form';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ButtonLink } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { listMassageSettings } from '@/db/offer/massages';
import { listRooms, type RoomSettings } from '@/db/offer/rooms';
import { getPractice } from '@/db/practice/practice';
import { bringBackRetiredRoom, moveRoomUpOrDown, removeRoomFromPractice, stopUsingRoom } from './actions';
import { RoomForm } from './room-form';

export const metadata: Metadata = { title: 'Rooms', robots: { index: false } };

const notes: Record<string, FlashContent> = {
  saved: { tone: 'good', title: 'Saved' },
  ordered: { tone: 'good', title: 'The order is changed' },
  retired: { tone: 'good', title: 'Nobody new is put there', text: 'What is booked there and was kept stays there.' },
  back: { tone: 'good', title: 'It is in use again' },
  deleted: { tone: 'good', title: 'Deleted' },
  used: { tone: 'bad', title: 'It was used before', text: 'So it stays in the records. You can retire it instead.' },
  gone: { tone: 'bad', title: 'There was nothing to do', text: 'What you see now is how it stands.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
};
const PAGE_PATH = '/practice/settings/rooms';
const SETTINGS = { href: '/practice/settings', label: 'Settings' };

interface Props {
  searchParams: Promise<{ flash?: string | string[]; edit?: string | string[] }>;
}

export default async function RoomsPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, rooms, massages, { flash, edit }] = await Promise.all([
    getPractice(),
    listRooms(viewer),
    listMassageSettings(viewer),
    searchParams,
  ]);
  const offered = massages.filter(({ isActive }) => isActive);
  if (typeof edit === 'string') {
    const room = rooms.find(({ id }) => id === edit) ?? null;
    if (!room && edit !== 'new') notFound();
    return (
      <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
        <PageHeader title={room?.name ?? 'A new room'} crumbs={[SETTINGS, { href: PAGE_PATH, label: 'Rooms' }]} />
        <Section title="The room">
          <RoomForm
            id={room?.id ?? null}
            mark={room?.mark ?? ''}
            values={{ name: room?.name ?? '', serviceIds: room?.serviceIds ?? offered.map(({ id }) => id) }}
            services={offered.map(({ id, name }) => ({ id, name }))}
          />
        </Section>
        {room && <Endings room={room} />}
      </PracticeShell>
    );
  }

  const retired = rooms.filter(({ isActive }) => !isActive);
  const rows = rooms
    .filter(({ isActive }) => isActive)
    .map(({ id, name, serviceIds }) => {
      const suits = offered.filter((massage) => serviceIds.includes(massage.id)).map((massage) => massage.name);
      const summary = suits.length === 0 ? 'Suits no massage yet' : suits.join(', ');
      return { id, href: `${PAGE_PATH}?edit=${id}`, name, summary };
    });
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title="Rooms" crumbs={[SETTINGS]}>
        <LiveFlashNotice flash={flash} notices={notes} />
      </PageHeader>
      <Section title="In use" aside="A booking takes the first in this order that is free and suits.">
        <ReorderableList rows={rows} step={moveRoomUpOrDown} nothing="There is no room: nobody can book." />
        <div className="mt-5">
          <ButtonLink kind="plain" slim href={`${PAGE_PATH}?edit=new`}>
            Add a room
          </ButtonLink>
        </div>
      </Section>
      {retired.length > 0 && (
        <Section title="Retired" aside="Nobody new is put there.">
          <ul className="max-w-[46rem] border-b border-line">
            {retired.map(({ id, name }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-3">
                <a href={`${PAGE_PATH}?edit=${id}`} className="inline-flex min-h-11 items-center wrap-anywhere">
                  {name}
                </a>
                <RowActionButton action={bringBackRetiredRoom} id={id} label={`Use it again: ${name}`}>
                  Use it again
                </RowActionButton>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </PracticeShell>
  );
}

function Endings({ room }: { room: RoomSettings }) {
  return (
    <>
      {room.isActive ? (
        <Section title="Retire it">
          <RetireForm action={stopUsingRoom} id={room.id} button="Retire this room">
            Nobody new is put there. Appointments that are booked there are listed first: each can have another room,
            stay there, or be cancelled. You can use it again at any time.
          </RetireForm>
        </Section>
      ) : (
        <Section title="Retired">
          <RowActionButton action={bringBackRetiredRoom} id={room.id}>
            Use it again
          </RowActionButton>
        </Section>
      )}
      {room.isUnused && (
        <Section title="Delete it">
          <p className="mb-4 max-w-[36rem] text-soft">
            Nothing was ever booked there, so it can go for good. This cannot be undone.
          </p>
          <RowActionButton action={removeRoomFromPractice} id={room.id}>
            Delete this room
          </RowActionButton>
        </Section>
      )}
    </>
  );
}
