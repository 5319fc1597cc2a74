import type { BodyMarkKindByAreaId } from '@/care/body-areas';
import { emptyNote, type NoteContent, type NoteField } from '@/care/session-notes';
import { encryptSessionNote } from '@/db/care/note-encryption';
import { encryptNotePhrase } from '@/db/care/note-phrases';
import type { Db } from '@/db/connection/connection';
import { notePhrases, noteReadings, sessionNotes } from '@/db/schema';
import type { DemoRows } from './build-demo-rows';
import { DEMO_CLIENT, OWNER } from './demo-practice';

// Session notes by the demo's therapists, and the phrases of one of them. All of it is made up.

const MINUTE = 60_000;

interface Story {
  client: string;
  /** Of a client with this many past sessions, the notes of the first ones. */
  sessions: number;
  areas: BodyMarkKindByAreaId;
  said: string[];
  did: string;
  plan: string;
}

const STORIES: Story[] = [
  {
    client: DEMO_CLIENT.name,
    sessions: 1,
    areas: { 'back-of-thigh-left': 'focus-medium', 'calf-left': 'focus-medium', 'sit-bone-left': 'avoid' },
    said: ['Sore after long drives. Runs are fine up to 5 km.'],
    did: '25 min back of thigh, 15 min calf, slow strokes. Nothing near the sit bone.',
    plan: 'Leg work every other day. Stand up each hour on drives.',
  },
  {
    client: 'Ravi Shah',
    sessions: 20,
    areas: { 'lower-back-left': 'focus-medium', 'lower-back-right': 'focus-medium', 'hip-left': 'focus-light' },
    said: [
      'Stiff in the morning, better once moving.',
      'A good week. Walked the dog twice.',
      'Sat a lot, stiff again.',
    ],
    did: '30 min low back, 10 min hip. Long slow strokes.',
    plan: 'Ten minutes of walking each day. Back in a week.',
  },
  {
    client: 'Sam Adeyemi',
    sessions: 20,
    areas: { 'upper-back-right': 'focus-firm', 'back-of-neck': 'focus-light', 'front-of-neck': 'avoid' },
    said: ['Tight across the shoulders after the screen.', 'Slept better. Neck still pulls on the right.'],
    did: '20 min upper back, 15 min neck, light there.',
    plan: 'Screen higher, breaks each half hour.',
  },
];

const PHRASES: [NoteField, string][] = [
  ['found', 'Tight, no pain on pressing.'],
  ['did', 'Long slow strokes.'],
  ['did', 'Nothing near the sit bone.'],
  ['plan', 'Short walk tonight.'],
  ['plan', 'Leg work every other day.'],
];

/** Inserts the notes written so far, the phrases of one therapist, and a record that the owner opened a note. */
export async function insertDemoNotes(tx: Db, demo: DemoRows, now: number): Promise<void> {
  for (const story of STORIES) {
    const client = demo.clients.find(({ name }) => name === story.client);
    const held = demo.appointments
      .filter(({ clientId, status }) => clientId === client?.id && status === 'completed')
      .toSorted((a, b) => a.startAt - b.startAt)
      .slice(0, story.sessions);
    for (const [at, { id, therapistId, endAt }] of held.entries()) {
      const writtenAt = Math.min(endAt + 5 * MINUTE, now);
      const row = {
        appointmentId: id,
        sealedContent: encryptSessionNote(noteOf(story, at)),
        version: 2,
        editor: 'demo',
        edit: 1,
      };
      await tx.insert(sessionNotes).values({
        ...row,
        ...{ createdAt: writtenAt, updatedAt: writtenAt, signedAt: writtenAt, signedBy: `therapist:${therapistId}` },
      });
      if (story.client === DEMO_CLIENT.name)
        await tx
          .insert(noteReadings)
          .values({ id: `read-${id}`, appointmentId: id, at: writtenAt, actor: `owner:${OWNER.id}` });
    }
  }
  for (const [at, [field, words]] of PHRASES.entries())
    await tx.insert(notePhrases).values({
      id: `demo-${at}`,
      therapistId: 'mira',
      field,
      sealedPhrase: encryptNotePhrase(words),
      createdAt: now + at,
    });
}

function noteOf({ said, did, plan, areas }: Story, at: number): NoteContent {
  return { ...emptyNote, said: said[at % said.length] ?? '', did, plan, areas, nextChoice: 'same' };
}
