import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { emptyNote } from '@/care/session-notes';
import { Notice } from '@/components/notice';
import { PracticeShell } from '@/components/shell';
import { listHealthAlertsOfSession } from '@/db/care/health-alerts';
import { listNotePhrases } from '@/db/care/note-phrases';
import { getPressureAdviceFromFeedback } from '@/db/care/pressure-advice';
import { type OpenedNote, openSessionNote } from '@/db/care/session-notes';
import { listClientAlerts } from '@/db/people/get-client';
import { getPractice } from '@/db/practice/practice';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { AlertsAndLastPlan } from './alerts-and-last-plan';
import { AmendForm } from './amend-form';
import { DeleteOfflineDraft } from './delete-offline-draft';
import { NoteForm } from './note-form';
import { PressureFeedbackNote } from './pressure-feedback-note';
import { ReadOnlyNote } from './read-only-note';

export const metadata: Metadata = { title: 'Session note', robots: { index: false } };

interface Props {
  params: Promise<{ id: string; uid: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

const FLASH: Record<string, string> = { signed: 'The note is signed', amended: 'It is added to the note' };

export default async function NotePage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('practitioner');
  const now = Date.now();
  const [{ id, uid }, { flash }] = await Promise.all([params, searchParams]);
  const opened = await openSessionNote(viewer, uid, { now });
  if (opened?.clientId !== id) notFound();
  const [practice, alerts, ofHealth, pressure, phrases] = await Promise.all([
    getPractice(),
    listClientAlerts(viewer, id),
    listHealthAlertsOfSession(viewer, uid),
    getPressureAdviceFromFeedback(viewer, uid, { now: Date.now() }),
    opened.mayWrite ? listNotePhrases(viewer) : [],
  ]);
  const { note } = opened;
  const flashTitle = typeof flash === 'string' && Object.hasOwn(FLASH, flash) ? FLASH[flash] : undefined;
  const before = (
    <>
      <AlertsAndLastPlan opened={opened} alerts={[...alerts, ...ofHealth]} practice={practice} now={now} />
      {pressure && <PressureFeedbackNote advice={pressure} practice={practice} now={now} />}
    </>
  );
  const isForm = opened.mayWrite && opened.draftKey !== null && (note === null || note.content !== null);
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      {isForm ? (
        <NoteForm
          uid={uid}
          clientId={id}
          content={note?.content ?? emptyNote}
          version={note?.version ?? 0}
          updatedAt={note?.updatedAt ?? null}
          editor={randomUUID()}
          draftKey={opened.draftKey ?? ''}
          phrases={phrases}
          last={opened.last?.note.content ?? null}
          next={opened.next && `${formatDayAndTime(opened.next.startsAt, practice, now)}, ${opened.next.service}`}
          maySign={opened.startsAt <= now}
          timeZone={practice.timeZone}
          locale={practice.locale}
          head={<Head opened={opened} practice={practice} />}
          before={before}
        />
      ) : (
        <>
          <div className="pt-6 pb-5">
            <Head opened={opened} practice={practice} />
          </div>
          {flashTitle && (
            <div className="pb-6">
              <Notice tone="good" title={flashTitle} id="flash" live />
            </div>
          )}
          {note ? (
            <ReadOnlyNote note={note} practice={practice} now={now} />
          ) : (
            <p className="border-t border-ink py-6 text-soft">
              No note is written yet. {extractFirstName(opened.therapist)} gave this session, and writes it.
            </p>
          )}
          {note && note.content === null && !note.signed && (
            <p className="pb-6">It is not written over. Whoever looks after this site can put the key back.</p>
          )}
          {opened.mayAmend && <AmendForm uid={uid} clientId={id} id={randomUUID()} />}
          {note?.signed && <DeleteOfflineDraft uid={uid} />}
          {before}
        </>
      )}
      <p className="flex flex-wrap gap-x-6 border-t border-line pt-4 mt-8 text-small">
        <a className="inline-flex min-h-11 items-center" href={`/practice/clients/${id}/notes`}>
          All notes of {opened.clientName}
        </a>
        {opened.mayWrite && (
          <a className="inline-flex min-h-11 items-center" href="/practice/phrases">
            Your phrases
          </a>
        )}
      </p>
    </PracticeShell>
  );
}

function Head({ opened, practice }: { opened: OpenedNote; practice: { timeZone: string; locale: string } }) {
  const { timeZone, locale } = practice;
  const day = formatDay(toWallTime(timeZone, opened.startsAt).on, 'long', locale);
  return (
    <div className="min-w-0">
      <p>
        <a
          href={`/practice/clients/${opened.clientId}`}
          className="inline-flex min-h-11 items-center text-small text-soft"
        >
          <bdi>{opened.clientName}</bdi>
        </a>
      </p>
      <h1 className="text-[1.75rem]! leading-9! board:text-[2.125rem]! board:leading-11!">Note for {day}</h1>
      <p className="text-small text-soft">
        {formatTime(timeZone, opened.startsAt, locale)} to {formatTime(timeZone, opened.endsAt, locale)},{' '}
        {opened.service}
        {opened.sessions > 1 && `, ${opened.position} of ${opened.sessions}`}, with {extractFirstName(opened.therapist)}
        . Read by those who treat them, and the owner.
      </p>
    </div>
  );
}
