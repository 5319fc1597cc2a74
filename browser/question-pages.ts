// The interactive parts of the question pages, which are complete without them.
import { restoreScoreFromTab, storeScoreInTab } from './noted-score.ts';
import { drawScoreChart } from './score-chart.ts';
import { searchAsOneTypes } from './search.ts';

for (const scale of document.querySelectorAll<HTMLElement>('[data-score-of]')) {
  const slug = scale.dataset.scoreOf ?? '';
  const chart = document.querySelector<HTMLElement>('.score-chart');
  restoreScoreFromTab(scale, slug);
  const noted = scale.querySelector<HTMLInputElement>('input:checked')?.value;
  if (chart && noted) drawScoreChart(chart, noted);
  scale.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    storeScoreInTab(slug, target.value);
    if (chart) drawScoreChart(chart, target.value);
  });
}

const form = document.querySelector<HTMLFormElement>('form[data-search]');
if (form) searchAsOneTypes(form);
