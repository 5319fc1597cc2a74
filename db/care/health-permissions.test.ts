import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyNote } from '@/care/session-notes';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  clientViewer,
  DESK_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { getClientHealthStatus, markAnswersDiscussed } from './client-health-status';
import { listConsents, withdrawConsent } from './consents';
import { listHealthAlertsOfSession } from './health-alerts';
import { getIntake } from './intake';
import { addNotePhrase, listNotePhrases, removeNotePhrase } from './note-phrases';
import { listNoteReadLogForClient } from './note-read-log';
import { getProgress, listProgress, saveScore } from './pain-scores';
import { getSessionCheck, saveAllowedAreas, saveSessionCheck } from './pre-session-check';
import {
  findDatesWithUntrainedTherapist,
  findPrenatalTherapistsForClient,
  listPrenatalAllowedTherapists,
} from './prenatal-therapists';
import { getPressureAdviceFromFeedback } from './pressure-advice';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';
import { getNoteStatus, listNoteStatusesOfClient, listUnsignedNotes, openSessionNote } from './session-notes';
import { listWithheldMassages } from './withheld-massages';
import { amendNote, saveAndSignNote, saveNote } from './write-session-notes';

// Who may do what with clients' health answers and the notes about them: a row for each action, tried by each role. For
// everybody else the data must seem not to exist.

setUpTestDatabase({ now: NOW });
const FIRST = instantAt('2026-12-01', '18:00');
/** The first session is over, and the check of the second is open. */
const LATER = { now: instantAt('2026-12-08', '17:00') };

const PEOPLE = ['link', 'other link', 'client', 'treats', 'colleague', 'owner', 'front desk'] as const;
type Person = (typeof PEOPLE)[number];

let clientId = '';
let seriesId = '';
let uids: string[] = [];
let edits = 0;
let viewers = {} as Record<Person, never>;

beforeEach(async () => {
  const book = async (day: string, client: { name: string; email: string }, therapistId: string) => {
    const request = makeSeriesRequest(listWeeklyInstants(day, '18:00', 3), {
      ...{ client, therapistId, questionSlug: 'hamstring-tendinopathy' },
    });
    const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
    if (!booked.ok) throw new Error(JSON.stringify(booked));
    return booked;
  };
  const ana = { name: 'Ana Costa', email: 'ana@example.org' };
  const booked = await book('2026-12-01', ana, 'mira');
  const other = await book('2026-12-02', { name: 'Nia Walsh', email: 'nia@example.org' }, 'jun');
  seriesId = booked.seriesId;
  uids = booked.appointments.map(({ uid }) => uid);
  clientId = (await (await reader()).select().from(series)).find(({ id }) => id === seriesId)!.clientId;
  viewers = {
    link: { role: 'link', seriesId },
    'other link': { role: 'link', seriesId: other.seriesId },
    client: clientViewer('nia@example.org'),
    treats: therapistViewer('mira'),
    colleague: therapistViewer('jun'),
    owner: { ...OWNER_VIEWER, therapistId: null },
    'front desk': DESK_VIEWER,
  } as unknown as typeof viewers;
  const none = { yes: [], unsure: [], none: true, about: {} };
  const screens: IntakeScreenValues[] = [
    agree,
    ...(['now', 'lately'] as const).map((screen) => ({ screen, ...none })),
    { screen: 'health', ...none, yes: ['thinner', 'pregnant'], none: false },
    { screen: 'hopes', hopes: 'Rest', touch: false, aboutTouch: '', own: {} },
  ];
  for (const values of screens) await saveIntakeScreen(viewers.link, values, { now: NOW });
  await saveScore(viewers.link, { answers: { usual: 6 } }, { now: FIRST - 2 * 86_400_000 });
  await saveScore(viewers.link, { answers: { pressure: 'right' } }, { now: FIRST + 3 * 86_400_000 });
  await saveSessionCheck(viewers.link, { uid: uids[1]!, seen: 0, isNew: false }, { now: LATER.now - 1 });
  await saveAndSignNote(viewers.treats, noteOf(uids[0]!), { now: FIRST + 1 });
});

const agree: IntakeScreenValues = {
  ...{ screen: 'agree', treated: true, healthKept: true, writtenTo: false },
  ...{ isMinor: false, guardianName: '', guardianIsPresent: false },
};
const noteOf = (uid: string, words = 'Calves') => ({
  ...{ uid, seen: 0, editor: 'page', edit: ++edits, content: { ...emptyNote, did: words } },
});

interface Row {
  /** Who gets an answer; the others get nothing. */
  may: Person[];
  act: (viewer: never) => Promise<unknown>;
  /** For staff only, as the types enforce: no link is ever passed to it. */
  isOfStaff?: true;
}

const TREATING: Person[] = ['treats', 'owner'];
const ROWS: Record<string, Row> = {
  getIntake: { may: ['link', ...TREATING], act: async (v) => (await getIntake(v, LATER, clientId))?.submitted },
  listConsents: { may: ['link', ...TREATING], act: async (v) => some(await listConsents(v, clientId)) },
  saveIntakeScreen: {
    may: ['link', ...TREATING],
    act: (v) => ofAna(v, () => saveIntakeScreen(v, agree, LATER, clientId)),
  },
  withdrawConsent: {
    may: ['link', ...TREATING],
    act: (v) => ofAna(v, () => withdrawConsent(v, { kind: 'written_to', clientId }, LATER)),
  },
  // The front desk sees how far a client is, and nothing more.
  getClientHealthStatus: { may: TREATING, act: async (v) => (await getClientHealthStatus(v, clientId, LATER))?.sheet },
  listHealthAlertsOfSession: {
    isOfStaff: true,
    may: TREATING,
    act: async (v) => some(await listHealthAlertsOfSession(v, uids[1]!)),
  },
  markAnswersDiscussed: {
    isOfStaff: true,
    may: TREATING,
    act: (v) => ofAna(v, () => markAnswersDiscussed(v, { clientId, at: NOW }, LATER)),
  },
  getSessionCheck: {
    may: ['link', ...TREATING],
    act: async (v) => (await getSessionCheck(v, uids[1]!, LATER))?.answer?.answers,
  },
  // A client may answer at the desk, on a tablet of the practice: the answer is stored but not shown there.
  saveSessionCheck: {
    may: ['link', ...TREATING, 'front desk'],
    act: (v) => saveSessionCheck(v, { uid: uids[1]!, seen: LATER.now - 1, isNew: false }, LATER),
  },
  saveAllowedAreas: {
    may: ['link', ...TREATING, 'front desk'],
    act: (v) => saveAllowedAreas(v, { uid: uids[1]!, allowed: [] }, LATER),
  },
  getProgress: { may: ['link', ...TREATING], act: (v) => getProgress(v, seriesId, LATER) },
  listProgress: { isOfStaff: true, may: TREATING, act: (v) => listProgress(v, clientId, LATER) },
  findPrenatalTherapistsForClient: {
    may: ['link', ...TREATING],
    act: (v) => findPrenatalTherapistsForClient(v, { clientId, ...LATER }),
  },
  listPrenatalAllowedTherapists: {
    may: ['link'],
    act: async (v) => listPrenatalAllowedTherapists(await reader(), v, LATER.now),
  },
  findDatesWithUntrainedTherapist: {
    isOfStaff: true,
    may: TREATING,
    act: (v) => ofAna(v, () => findDatesWithUntrainedTherapist(v, clientId, LATER)),
  },
  listWithheldMassages: {
    may: ['link', ...TREATING],
    act: async (v) => some(await listWithheldMassages(v, { clientId, ...LATER })),
  },
  getPressureAdviceFromFeedback: {
    isOfStaff: true,
    may: TREATING,
    act: (v) => getPressureAdviceFromFeedback(v, uids[1]!, LATER),
  },
  openSessionNote: { may: TREATING, act: (v) => openSessionNote(v, uids[0]!, LATER) },
  getNoteStatus: { may: TREATING, act: (v) => getNoteStatus(v, uids[0]!) },
  listNoteStatusesOfClient: { may: TREATING, act: (v) => listNoteStatusesOfClient(v, clientId, LATER) },
  listUnsignedNotes: {
    may: ['treats'],
    act: async (v) => {
      await saveNote(viewers.treats, noteOf(uids[1]!, 'Begun'), LATER);
      return some(
        (await listUnsignedNotes(v, { todayStart: LATER.now + 86_400_000 })).filter(({ uid }) => uid === uids[1]),
      );
    },
  },
  // Only the therapist who treats a session writes its note.
  saveNote: { may: ['treats'], act: (v) => saveNote(v, noteOf(uids[1]!), LATER) },
  saveAndSignNote: { may: ['treats'], act: (v) => saveAndSignNote(v, noteOf(uids[0]!), LATER) },
  amendNote: {
    may: TREATING,
    act: (v) => amendNote(v, { id: `amend-${++edits}`, uid: uids[0]!, words: 'More', reason: 'Forgotten' }, LATER),
  },
  // Each therapist has their own.
  listNotePhrases: {
    may: ['treats'],
    act: async (v) => {
      await addNotePhrase(viewers.treats, { field: 'did', words: 'Long strokes' }, LATER);
      return some(await listNotePhrases(v));
    },
  },
  addNotePhrase: {
    may: ['treats', 'colleague'],
    act: (v) => addNotePhrase(v, { field: 'did', words: 'Long strokes' }, LATER),
  },
  removeNotePhrase: {
    may: ['treats'],
    act: async (v) => {
      await addNotePhrase(viewers.treats, { field: 'did', words: 'Long strokes' }, LATER);
      const [phrase] = await listNotePhrases(viewers.treats);
      await removeNotePhrase(v, phrase!.id);
      return (await listNotePhrases(viewers.treats)).length === 0 ? 'removed' : null;
    },
  },
  listNoteReadLogForClient: {
    may: ['link'],
    act: async (v) => {
      await openSessionNote(viewers.owner, uids[0]!, LATER);
      return some(await listNoteReadLogForClient(v));
    },
  },
};

/** A link answers for its own plan, whichever client is named: it knows nothing of Ana. */
async function ofAna(viewer: { role: string; seriesId?: string }, act: () => Promise<unknown>): Promise<unknown> {
  const isOther = viewer.role === 'link' && viewer.seriesId !== seriesId;
  const result = await act();
  return isOther ? null : result;
}
const some = (found: unknown[] | null) => (found && found.length > 0 ? found : null);
const isNothing = (answer: unknown) =>
  answer === null ||
  answer === undefined ||
  (typeof answer === 'object' &&
    'ok' in answer &&
    answer.ok === false &&
    'reason' in answer &&
    answer.reason === 'not_found');

describe('who may', () => {
  it.each(Object.entries(ROWS))('%s', async (_action, { may, act, isOfStaff }) => {
    const allowed: Person[] = [];
    const people = PEOPLE.filter((person) => !isOfStaff || !person.endsWith('link'));
    for (const person of people) if (!isNothing(await act(viewers[person]))) allowed.push(person);
    expect(allowed).toEqual(PEOPLE.filter((person) => may.includes(person)));
  });

  it('has a row for each action that takes a viewer', () => {
    const request = readdirSync(import.meta.dirname)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const source = readFileSync(path.join(import.meta.dirname, file), 'utf8');
        return [...source.matchAll(/export async function (\w+)\((?:\s*db: Db,)?\s*_?viewer: ([^\n]+?),?\n?\s/g)];
      })
      .map(([, name, type]) => ({ name: name!, type: type! }));
    expect(request.length).toBeGreaterThan(25);
    const untested = request.filter(
      ({ name, type }) => !(name in ROWS) && !BY_TYPE.test(type) && !BOOKING.includes(name) && !BENEATH.includes(name),
    );
    expect(untested.map(({ name }) => name)).toEqual([]);
  });
});

/** The types enforce these: only a link, which names no client, or only the owner. */
const BY_TYPE = /^(LinkViewer|Owner|Extract<CareViewer)/;
/** Rules that booking calls; they are limited to the plan in question where booking calls them. */
const BOOKING = [
  'extendSeriesUnlessWithheld',
  'bookSkippedUnlessWithheld',
  'moveToAllowedTherapists',
  'proposeMoveToAllowedTherapists',
];
/** What the functions above call. */
const BENEATH = ['findHealthAccess', 'recordNotesRead'];
