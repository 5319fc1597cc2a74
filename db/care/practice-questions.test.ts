import { beforeEach, describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { intakes } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { getClientHealthStatus } from './client-health-status';
import { getIntake } from './intake';
import {
  listPracticeQuestionSettings,
  MAX_PRACTICE_QUESTION_CHOICES,
  MAX_PRACTICE_QUESTIONS,
  movePracticeQuestionInOrder,
  type PracticeQuestionFormValues,
  removePracticeQuestion,
  savePracticeQuestion,
} from './practice-questions';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';

setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const MARK = 'Quillaja';

const blank: PracticeQuestionFormValues = {
  kind: 'text',
  words: '',
  choices: '',
  least: '',
  most: '',
  isRequired: false,
};
const add = (form: Partial<PracticeQuestionFormValues>) =>
  savePracticeQuestion(OWNER_VIEWER, { id: null, mark: '', form: { ...blank, ...form } }, clock);
const list = () => listPracticeQuestionSettings(OWNER_VIEWER);
const wordsOf = async () => (await list()).map(({ words }) => words);
async function idOf(words: string): Promise<string> {
  return (await list()).find((question) => question.words === words)!.id;
}

describe('the questions of a practice', () => {
  it('are added, changed, put in order and removed', async () => {
    expect(await add({ words: '  What do you do\tall day? ' })).toEqual({ ok: true });
    await add({ words: 'How do you lie best?', kind: 'choice', choices: 'Side\r\n\r\n Back \nSide\nFront' });
    await add({ words: 'How much stress?', kind: 'scale', least: 'none', most: 'a lot', isRequired: true });
    expect(await list()).toMatchObject([
      { words: 'What do you do all day?', kind: 'text', choices: [], isRequired: false },
      { words: 'How do you lie best?', kind: 'choice', choices: ['Side', 'Back', 'Front'] },
      { words: 'How much stress?', kind: 'scale', choices: ['none', 'a lot'], isRequired: true },
    ]);

    const [first] = await list();
    const changed = {
      id: first!.id,
      mark: first!.mark,
      form: { ...blank, words: 'Do you sit all day?', kind: 'yes_no' },
    };
    expect(await savePracticeQuestion(OWNER_VIEWER, changed, clock)).toEqual({ ok: true });
    expect(await savePracticeQuestion(OWNER_VIEWER, changed, clock)).toEqual({ ok: false, reason: 'changed' });
    expect(await movePracticeQuestionInOrder(OWNER_VIEWER, first!.id, 1, clock)).toBe(true);
    expect(await movePracticeQuestionInOrder(OWNER_VIEWER, first!.id, 1, clock)).toBe(true);
    expect(await movePracticeQuestionInOrder(OWNER_VIEWER, first!.id, 1, clock)).toBe(false);
    expect(await wordsOf()).toEqual(['How do you lie best?', 'How much stress?', 'Do you sit all day?']);
    expect(await removePracticeQuestion(OWNER_VIEWER, first!.id, clock)).toBe(true);
    expect(await removePracticeQuestion(OWNER_VIEWER, first!.id, clock)).toBe(false);
    expect(await savePracticeQuestion(OWNER_VIEWER, changed, clock)).toEqual({ ok: false, reason: 'not_found' });
    expect(await wordsOf()).toEqual(['How do you lie best?', 'How much stress?']);
    const removed = await idOf('How do you lie best?');
    await removePracticeQuestion(OWNER_VIEWER, removed, clock);
    for (const words of ['A?', 'B?', 'C?', 'D?']) await add({ words });
    expect(await wordsOf()).toEqual(['How much stress?', 'A?', 'B?', 'C?', 'D?']);
  });

  it.each([
    ['no words', { words: ' ' }, 'words', 'Enter the question.'],
    ['too many words', { words: 'x'.repeat(201) }, 'words', 'Please keep the question to 200 letters.'],
    ['an unknown kind', { words: 'Why?', kind: 'date' }, 'kind', 'Choose how it is answered.'],
    ['one answer', { words: 'Why?', kind: 'choice', choices: 'Side\nSide' }, 'choices', 'at least two'],
    ['a long answer', { words: 'Why?', kind: 'choice', choices: `a\n${'x'.repeat(81)}` }, 'choices', '80 letters'],
    ['half a scale', { words: 'Why?', kind: 'scale', least: 'none' }, 'most', 'both ends'],
    ['the other half', { words: 'Why?', kind: 'scale', most: 'a lot' }, 'least', 'both ends'],
  ])('are not saved with %s', async (_, form, field, message) => {
    expect(await add(form)).toMatchObject({
      reason: 'invalid',
      issues: [{ path: [field], message: expect.stringContaining(message) }],
    });
    expect(await list()).toEqual([]);
  });

  it('are asked only once, and their number is limited', async () => {
    const choices = Array.from({ length: MAX_PRACTICE_QUESTION_CHOICES + 1 }, (_, k) => `answer ${k}`).join('\n');
    expect(await add({ words: 'Why?', kind: 'choice', choices })).toMatchObject({ reason: 'invalid' });
    for (let k = 0; k < MAX_PRACTICE_QUESTIONS; k++)
      expect(await add({ words: `Question ${k}?` })).toEqual({ ok: true });
    expect(await add({ words: 'One more?' })).toMatchObject({ reason: 'invalid' });
    const [first] = await list();
    const twin = { id: first!.id, mark: first!.mark, form: { ...blank, words: 'Question 1?' } };
    expect(await savePracticeQuestion(OWNER_VIEWER, twin, clock)).toMatchObject({
      issues: [{ message: 'You ask this already.' }],
    });
  });
});

describe('what clients answer', () => {
  let LINK: { role: 'link'; seriesId: string };
  let clientId: string;
  beforeEach(async () => {
    const booked = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2)),
      clock,
    );
    if (!booked.ok) throw new Error(booked.reason);
    LINK = { role: 'link', seriesId: booked.seriesId };
    clientId = (await getIntake(LINK, clock))!.clientId;
    await add({ words: 'What do you do all day?' });
    await add({ words: 'Do you drive?', kind: 'yes_no', isRequired: true });
  });

  const send = (values: IntakeScreenValues) => saveIntakeScreen(LINK, values, clock);
  const hopes = (own: Record<string, string>) =>
    send({ screen: 'hopes', hopes: '', touch: false, aboutTouch: '', own });
  async function sendTheRest() {
    const guardian = { isMinor: false, guardianName: '', guardianIsPresent: false };
    await send({ screen: 'agree', treated: true, healthKept: true, writtenTo: false, ...guardian });
    for (const screen of ['now', 'lately', 'health'] as const)
      await send({ screen, yes: [], unsure: [], none: true, about: {} });
  }

  it('is stored encrypted with the wording of the question, even if the question changes later', async () => {
    const [day, drive] = [await idOf('What do you do all day?'), await idOf('Do you drive?')];
    await sendTheRest();
    expect(await hopes({ [day]: ` ${MARK}\u0000 at a desk `, [drive]: 'no' })).toEqual({
      ok: true,
      next: 'done',
      stop: false,
    });

    const [question] = await list();
    await savePracticeQuestion(
      OWNER_VIEWER,
      { id: day, mark: question!.mark, form: { ...blank, words: 'Your work?' } },
      clock,
    );
    await removePracticeQuestion(OWNER_VIEWER, drive, clock);
    const own = [
      {
        question: { id: day, kind: 'text', words: 'What do you do all day?', choices: [] },
        answer: `${MARK} at a desk`,
      },
      { question: { id: drive, kind: 'yes_no', words: 'Do you drive?', choices: [] }, answer: 'no' },
    ];
    expect((await getIntake(LINK, clock))?.submitted?.answers?.own).toEqual(own);
    expect(
      (await getClientHealthStatus(therapistViewer('mira'), clientId, clock))?.sheet?.submitted?.answers?.own,
    ).toEqual(own);
    expect(JSON.stringify(await (await reader()).select().from(intakes))).not.toContain(MARK);
  });

  it('is asked for again if a required answer is missing, or is none of the choices', async () => {
    const [day, drive] = [await idOf('What do you do all day?'), await idOf('Do you drive?')];
    await sendTheRest();
    for (const [sent, field, message] of [
      [{ [day]: '', [drive]: '' }, drive, 'Please choose an answer.'],
      [{ [day]: '', [drive]: 'perhaps' }, drive, 'The answers to choose from have changed. Please choose again.'],
      [{ [day]: 'x'.repeat(501), [drive]: 'yes' }, day, 'Please keep it to 500 letters.'],
    ] as const)
      expect(await hopes(sent)).toMatchObject({ reason: 'invalid', issues: [{ path: [`own-${field}`], message }] });
    expect((await getIntake(LINK, clock))?.submitted).toBeNull();
    expect(await hopes({ [day]: '', [drive]: 'yes' })).toMatchObject({ ok: true, next: 'done' });
    expect((await getIntake(LINK, clock))?.submitted?.answers?.own).toMatchObject([{ answer: 'yes' }]);
  });

  it('does not require a question that was added while the form was open', async () => {
    await sendTheRest();
    expect(await hopes({})).toMatchObject({ ok: true, next: 'done' });
    expect((await getIntake(LINK, clock))?.submitted?.answers?.own).toEqual([]);
  });
});
