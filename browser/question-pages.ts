// What moves on the pages that are read. They are complete without it.
import { keepScoreInTab, preselectNotedScore } from './noted-score.ts';
import { redrawScoreGoalChart } from './score-goal-chart.ts';
import { searchAsOneTypes } from './search.ts';

for (const scale of document.querySelectorAll<HTMLElement>('[data-score-of]')) {
  const slug = scale.dataset.scoreOf ?? '';
  const chart = document.querySelector<HTMLElement>('.score-chart');
  preselectNotedScore(scale, slug);
  const noted = scale.querySelector<HTMLInputElement>('input:checked')?.value;
  if (chart && noted) redrawScoreGoalChart(chart, noted);
  scale.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    keepScoreInTab(slug, target.value);
    if (chart) redrawScoreGoalChart(chart, target.value);
  });
}

const form = document.querySelector<HTMLFormElement>('form[data-search]');
if (form) searchAsOneTypes(form);
