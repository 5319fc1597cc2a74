import { describe, expect, it } from 'vitest';
import { buildLetterPdf } from '@/app/manage/[token]/progress/letter.pdf/build-letter-pdf';
import { judgeProgress } from '@/care/progress';
import type { SeriesView } from '@/db/appointments/series';
import { buildLetterContent } from './build-letter-content';

const practice = {
  name: 'Harbour Massage',
  address: '1 Quay',
  phone: '01 555 0142',
  timeZone: 'Europe/Dublin',
  locale: 'en-IE',
};
const NOW = Date.UTC(2026, 11, 10, 12);
const date = (on: number, status = 'completed') => ({
  status,
  startsAt: Date.UTC(2026, 11, on, 18),
  endsAt: Date.UTC(2026, 11, on, 19),
  minutes: 60,
  service: { id: 'swedish', name: 'Swedish' },
  therapist: { id: 'mira', name: 'Mira Kovač' },
});
const series = {
  client: { name: 'Zoë Walsh' },
  note: 'Left side.\nNo hard pressure.',
  appointments: [date(1), date(3, 'cancelled'), date(4, 'no_show'), date(8), date(15, 'booked')],
} as unknown as SeriesView;
const answers = { usual: 6, worst: 8, task: null, compared: null, pressure: null, isSore: null };
const view = {
  seriesId: 's',
  scores: [
    { kind: 'before' as const, notedAt: Date.UTC(2026, 10, 27, 9), answers, session: null },
    { kind: 'session' as const, notedAt: Date.UTC(2026, 11, 1, 9), answers: null, session: 1 },
  ],
  goal: 'Sit through a film',
  reading: null,
  progress: judgeProgress([]),
  hasBegun: true,
  sessionsOver: 2,
};

describe('the letter for a physiotherapist or doctor', () => {
  const text = buildLetterContent({ series, view, practice, question: 'Can massage help sciatica?' }, NOW);

  it("gives the reason, the treatment, the scores, and the verdict in the site's own words", () => {
    expect(text.from).toEqual([
      'Zoë Walsh, Thursday 10 December 2026',
      'Massage at Harbour Massage, 1 Quay, 01 555 0142',
    ]);
    expect(text.why).toEqual([
      'They came with this question: Can massage help sciatica?',
      'What they wrote when they booked: Left side.\nNo hard pressure.',
      'What they want to do again: Sit through a film',
    ]);
    expect(text.done).toEqual([
      'Tuesday 1 December 2026: Swedish, 60 minutes, with Mira Kovač',
      'Tuesday 8 December 2026: Swedish, 60 minutes, with Mira Kovač',
    ]);
    expect(text.scores).toEqual([
      ['Before session 1', 'Fri 27 Nov', '6', '8', '–'],
      ['Session 1', 'Tue 1 Dec', '–', '–', '–'],
    ]);
    expect(text.verdict).toMatchObject({ title: 'Not enough scores to compare' });
    expect(text.verdict.comparison).toContain('which is not the same as caused by it');
  });

  it('leaves out parts without content', () => {
    const bare = buildLetterContent(
      { series: { ...series, note: null }, view: { ...view, goal: null }, practice, question: null },
      NOW,
    );
    expect(bare.why).toEqual([]);
  });

  it('is a tagged PDF, and continues on further pages', async () => {
    const long = { ...text, scores: Array.from({ length: 60 }, () => text.scores[0]!) };
    const pdf = Buffer.from(await buildLetterPdf(long, { at: NOW, locale: 'en-IE' })).toString('latin1');
    expect(pdf.startsWith('%PDF-1.5')).toBe(true);
    expect(Number(pdf.match(/\/Count (\d+)/)?.[1])).toBeGreaterThan(1);
    for (const part of [
      '/MarkInfo',
      '/Lang (en-IE)',
      '/S /H1',
      '/S /H2',
      '/S /P',
      '/S /Table',
      '/S /TR',
      '/S /TH',
      '/S /TD',
    ])
      expect(pdf, part).toContain(part);
  });
});
