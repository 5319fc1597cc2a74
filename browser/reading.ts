// What moves on the pages that are read. They are complete without it.
import { noteScore, offerNotedScore } from './noted-score.ts';
import { drawScore } from './score-chart.ts';
import { searchAsOneTypes } from './search.ts';

for (const scale of document.querySelectorAll<HTMLElement>('[data-score-of]')) {
  const slug = scale.dataset.scoreOf ?? '';
  const chart = document.querySelector<HTMLElement>('.score-chart');
  offerNotedScore(scale, slug);
  const noted = scale.querySelector<HTMLInputElement>('input:checked')?.value;
  if (chart && noted) drawScore(chart, noted);
  scale.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    noteScore(slug, target.value);
    if (chart) drawScore(chart, target.value);
  });
}

const form = document.querySelector<HTMLFormElement>('form[data-search]');
if (form) searchAsOneTypes(form);
