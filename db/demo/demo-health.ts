import { and, eq } from 'drizzle-orm';
import { type ConsentSigner, getConsentTextForSigner } from '@/care/consents';
import { INTAKE_VERSION, intakeScreens, parseWarningSigns, safetyQuestionsByScreen } from '@/care/intake-questions';
import type { SafetyQuestionId } from '@/care/safety';
import { writeConsentWithWording } from '@/db/booking/write-consent';
import { encryptIntake, encryptSessionCheck } from '@/db/care/health-answer-encryption';
import { getReasonFromBooking } from '@/db/care/intake';
import type { Db } from '@/db/connection/connection';
import { consents, intakes, sessionChecks } from '@/db/schema';
import type { DemoRows } from './build-demo-rows';
import { DEMO_CLIENT, PRACTICE } from './demo-practice';

// Health answers of demo clients: one of each kind, one who has only begun, and the others were not asked yet. All of
// it is made up.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Story {
  client: string;
  /** The questions they answered with yes; the others are no. */
  yes: SafetyQuestionId[];
  about?: Partial<Record<SafetyQuestionId, string>>;
  hopes?: string;
  /** The person who agreed and answered for a client under 18. */
  guardian?: string;
  /** A therapist has talked the answers over with them. */
  isSettled?: boolean;
  /** They stopped after the second screen. */
  isBegun?: boolean;
}

const STORIES: Story[] = [
  {
    client: DEMO_CLIENT.name,
    yes: ['allergy'],
    about: { allergy: 'Nut oils give me a rash' },
    hopes: 'Sit through a film',
  },
  { client: 'Ravi Shah', yes: ['thinner'], about: { thinner: 'Apixaban, since spring' }, isSettled: true },
  { client: 'Sam Adeyemi', yes: [], hopes: 'Run with my daughter' },
  { client: 'Mary Quill', yes: ['bones', 'skin'], about: { skin: 'Varicose veins on the left leg' } },
  { client: 'Declan Fay', yes: ['heart'] },
  { client: 'Noor Aziz', yes: [], isBegun: true },
  { client: 'Isla Boyd', yes: ['allergy'], about: { allergy: 'Lavender' }, guardian: 'Rory Boyd' },
];

/** Inserts the answers, the consents, and the answers before the sessions of the coming day. */
export async function insertDemoHealth(tx: Db, demo: DemoRows, now: number): Promise<void> {
  for (const story of STORIES) {
    const client = demo.clients.find(({ name }) => name === story.client);
    const plan = demo.series.find(({ clientId }) => clientId === client?.id);
    if (!plan) continue;
    const { id: seriesId, createdAt } = plan;
    const signer = story.guardian ? 'guardian' : 'adult';
    await agree(tx, seriesId, signer, createdAt);
    const at = createdAt + HOUR;
    const finishedAt = story.isBegun ? null : at;
    await tx.insert(intakes).values({
      ...{ id: `health ${seriesId}`, seriesId, questionsVersion: INTAKE_VERSION, way: 'link' as const },
      ...{ startedAt: createdAt, savedAt: at, finishedAt, settledAt: story.isSettled ? at + DAY : null },
      sealedIntake: encryptIntake({
        answers: answersOf(story, story.isBegun ? ['now'] : ['now', 'lately', 'health']),
        about: story.about ?? {},
        hopes: story.hopes ?? '',
        guardian: story.guardian ? { name: story.guardian, isPresent: true } : null,
        reason: await getReasonFromBooking(tx, seriesId),
        saved: story.isBegun ? ['agree', 'now'] : [...intakeScreens],
      }),
    });
    if (story.isBegun) continue;
    const soon = demo.appointments.filter((date) => {
      return date.seriesId === seriesId && date.status === 'booked' && date.startAt > now && date.startAt < now + DAY;
    });
    for (const { id, startAt } of soon) {
      const answers = { isNew: false, answers: {}, about: {}, areas: null, signer } as const;
      const line = {
        appointmentId: id,
        startAt,
        way: 'link',
        saidAt: now - HOUR,
        sealedBefore: encryptSessionCheck(answers),
      } as const;
      await tx.insert(sessionChecks).values(line);
    }
  }
}

async function agree(tx: Db, seriesId: string, signer: ConsentSigner, now: number): Promise<void> {
  for (const kind of ['treated', 'health_kept'] as const) {
    const isIt = and(eq(consents.seriesId, seriesId), eq(consents.kind, kind));
    if ((await tx.$count(consents, isIt)) > 0) continue;
    await writeConsentWithWording(tx, getConsentTextForSigner(kind, PRACTICE.name, signer), {
      kind,
      subject: { seriesId },
      way: 'page',
      now,
    });
  }
}

function answersOf({ yes }: Story, screens: ('now' | 'lately' | 'health')[]) {
  const read = screens.map((screen) => {
    const ticked = safetyQuestionsByScreen[screen].filter((id) => yes.includes(id));
    return parseWarningSigns(safetyQuestionsByScreen[screen], { yes: ticked, unsure: [], none: ticked.length === 0 });
  });
  return Object.assign({}, ...read.map((result) => (result.ok ? result.answers : {})));
}
