import { getConsentTextForSigner } from '@/care/consents';
import { writeConsentWithWording } from '@/db/booking/write-consent';
import { encryptGoal, encryptScore, NO_SCORE_ANSWERS, type ScoreAnswers } from '@/db/care/pain-score-encryption';
import type { Db } from '@/db/connection/connection';
import { scoreGoals, scores } from '@/db/schema';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { DemoRows } from './build-demo-rows';
import { DEMO_CLIENT, PRACTICE } from './demo-practice';

// Pain scores of demo clients: one of each verdict, and some with too few scores for one. All of it is made up.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Story {
  client: string;
  before: number[];
  session: number[];
  goal?: string;
  compared?: ScoreAnswers['compared'];
}

const STORIES: Story[] = [
  { client: DEMO_CLIENT.name, before: [6, 7, 6], session: [6, 5, 5, 4, 4, 3, 3, 3], goal: 'Sit through a film' },
  {
    client: 'Ravi Shah',
    before: [7, 6, 7],
    session: [6, 6, 5, 4, 4, 3, 3, 3, 2, 2],
    goal: 'Walk the dog around the lake',
    compared: 'better',
  },
  { client: 'Sam Adeyemi', before: [6, 7, 4], session: [6, 5, 5, 4, 4, 4], compared: 'better' },
  { client: 'Mary Quill', before: [5, 6, 5], session: [5, 5, 6, 5, 5, 6, 5, 5, 6, 5], compared: 'same' },
  { client: 'Declan Fay', before: [4, 4, 5], session: [4, 5, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7], compared: 'worse' },
  { client: 'Noor Aziz', before: [6, 6], session: [6, 5, 5, 4, 4, 4] },
];

/** Inserts the scores up to now, and the consent to store them. */
export async function insertDemoScores(tx: Db, demo: DemoRows, now: number): Promise<void> {
  for (const story of STORIES) {
    const client = demo.clients.find(({ name }) => name === story.client);
    const plan = demo.series.find(({ clientId }) => clientId === client?.id);
    if (!plan) continue;
    const { id: seriesId, createdAt } = plan;
    const dates = demo.appointments
      .filter((date) => date.seriesId === seriesId && (date.status === 'booked' || date.status === 'completed'))
      .sort((a, b) => a.startAt - b.startAt);
    const [first] = dates;
    if (!first) continue;
    const noted = [
      ...story.before.map((usual, at) => {
        const notedAt = first.startAt - (2 + story.before.length - at) * DAY;
        return { kind: 'before' as const, slot: toWallTime(PRACTICE.timeZone, notedAt).on, notedAt, usual };
      }),
      ...dates.flatMap(({ id, startAt }, at) => {
        const usual = story.session[at];
        return usual === undefined ? [] : [{ kind: 'session' as const, slot: id, notedAt: startAt - 3 * HOUR, usual }];
      }),
    ].filter(({ notedAt }) => notedAt < now);
    if (noted.length === 0) continue;
    const text = getConsentTextForSigner('health_kept', PRACTICE.name, 'adult');
    await writeConsentWithWording(tx, text, {
      kind: 'health_kept',
      subject: { seriesId },
      way: 'page',
      now: createdAt,
    });
    if (story.goal)
      await tx.insert(scoreGoals).values({ seriesId, sealedGoal: encryptGoal(story.goal), namedAt: createdAt });
    await tx.insert(scores).values(
      noted.map(({ usual, ...row }) => ({
        seriesId,
        ...row,
        sealedScore: encryptScore({
          ...NO_SCORE_ANSWERS,
          usual,
          worst: Math.min(10, usual + 2),
          task: story.goal ? 10 - usual : null,
          compared: row.kind === 'session' && row.slot !== first.id ? (story.compared ?? null) : null,
        }),
      })),
    );
  }
}
