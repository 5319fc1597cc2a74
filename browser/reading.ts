// What moves on the pages that are read. They are complete without it.
import { noteScore, offerNotedScore } from './noted-score.ts';
import { searchAsOneTypes } from './search.ts';

for (const scale of document.querySelectorAll<HTMLElement>('[data-score-of]')) {
  const slug = scale.dataset.scoreOf ?? '';
  offerNotedScore(scale, slug);
  scale.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) noteScore(slug, target.value);
  });
}

const form = document.querySelector<HTMLFormElement>('form[data-search]');
if (form) searchAsOneTypes(form);
