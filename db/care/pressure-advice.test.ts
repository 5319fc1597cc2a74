import { beforeEach, describe, expect, it } from 'vitest';
import { INTAKE_VERSION } from '@/care/intake-questions';
import { appointments, intakes, scores, sessionChecks } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { encryptIntake, encryptSessionCheck } from './health-answer-encryption';
import { encryptScore, NO_SCORE_ANSWERS, type ScoreAnswers } from './pain-score-encryption';
import { getPressureAdviceFromFeedback } from './pressure-advice';

const { write } = setUpTestDatabase({ now: NOW });
const mira = therapistViewer('mira');

// Nia had Swedish massage with Mira twice, and comes a third time.
beforeEach(async () => {
  await write(async (tx) => {
    const plan = { seriesId: 'weekly', sessions: 3, therapistId: 'mira', client: 'Nia' };
    await insertTestAppointment(tx, { ...plan, id: 'first', on: '2026-11-09', time: '10:00', status: 'completed' });
    await insertTestAppointment(tx, { ...plan, id: 'second', on: '2026-11-16', time: '10:00', position: 2 });
    await insertTestAppointment(tx, { ...plan, id: 'third', on: '2026-11-30', time: '10:00', position: 3 });
  });
});

const send = (slot: string, answers: Partial<ScoreAnswers>) =>
  write((tx) =>
    tx.insert(scores).values({
      ...{ seriesId: 'weekly', kind: 'after', slot, notedAt: NOW },
      sealedScore: encryptScore({ ...NO_SCORE_ANSWERS, ...answers }),
    }),
  );

describe('feedback on the pressure', () => {
  it('gives no advice while there is none', async () => {
    expect(await getPressureAdviceFromFeedback(mira, 'third', { now: NOW })).toBeNull();
    await send('first', { usual: 4 });
    expect(await getPressureAdviceFromFeedback(mira, 'third', { now: NOW })).toBeNull();
  });

  it('offers the next stronger massage after two sessions that were right, counting only earlier sessions', async () => {
    await send('first', { pressure: 'right', isSore: false });
    expect(await getPressureAdviceFromFeedback(mira, 'second', { now: NOW })).toMatchObject({
      advice: 'stay',
      massage: null,
    });
    await send('second', { pressure: 'right', isSore: false });
    expect(await getPressureAdviceFromFeedback(mira, 'third', { now: NOW })).toEqual({
      last: { pressure: 'right', isSore: false, sessionAt: instantAt('2026-11-16', '10:00') },
      advice: 'offer_next',
      massage: 'Sports',
    });
    expect(await getPressureAdviceFromFeedback(mira, 'second', { now: NOW })).toMatchObject({ advice: 'stay' });
  });

  it('offers no massage that the health answers rule out', async () => {
    await write((tx) => tx.update(appointments).set({ serviceId: 'sports' }));
    await send('first', { pressure: 'right', isSore: false });
    await send('second', { pressure: 'right', isSore: false });
    expect(await getPressureAdviceFromFeedback(mira, 'third', { now: NOW })).toMatchObject({
      advice: 'offer_next',
      massage: 'Deep tissue',
    });
    const results = {
      answers: { thinner: 'yes' as const },
      about: {},
      hopes: '',
      guardian: null,
      reason: '',
      saved: [],
    };
    await write((tx) =>
      tx.insert(intakes).values({
        ...{ id: 'one', seriesId: 'weekly', way: 'link' as const, questionsVersion: INTAKE_VERSION },
        ...{ startedAt: NOW, savedAt: NOW, finishedAt: NOW, settledAt: null, sealedIntake: encryptIntake(results) },
      }),
    );
    expect(await getPressureAdviceFromFeedback(mira, 'third', { now: NOW })).toMatchObject({
      advice: 'stay',
      massage: null,
    });
  });

  it('keeps the pressure when something is new, and lowers it after one that was too hard', async () => {
    await send('first', { pressure: 'right', isSore: false });
    await send('second', { pressure: 'right', isSore: false });
    const sealedBefore = encryptSessionCheck({ isNew: true, answers: {}, about: {}, areas: null });
    const startAt = instantAt('2026-11-30', '10:00');
    await write((tx) =>
      tx.insert(sessionChecks).values({ appointmentId: 'third', startAt, way: 'link', saidAt: NOW, sealedBefore }),
    );
    expect(await getPressureAdviceFromFeedback(mira, 'third', { now: NOW })).toMatchObject({ advice: 'stay' });
    await write((tx) =>
      tx.update(scores).set({ sealedScore: encryptScore({ ...NO_SCORE_ANSWERS, pressure: 'too_hard', isSore: true }) }),
    );
    expect(await getPressureAdviceFromFeedback(mira, 'third', { now: NOW })).toMatchObject({
      advice: 'step_down',
      massage: null,
    });
  });

  it('is shown to the treating therapist and the owner', async () => {
    await send('first', { pressure: 'right', isSore: false });
    expect(await getPressureAdviceFromFeedback(OWNER_VIEWER, 'third', { now: NOW })).not.toBeNull();
    expect(await getPressureAdviceFromFeedback(therapistViewer('tom'), 'third', { now: NOW })).toBeNull();
    expect(await getPressureAdviceFromFeedback(mira, 'nobody’s', { now: NOW })).toBeNull();
  });
});
