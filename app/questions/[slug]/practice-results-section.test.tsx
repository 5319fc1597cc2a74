import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { PracticeResultsSection } from './practice-results-section';

it('shows all four verdicts, even those that nobody gave, and that they prove no cause', () => {
  const verdicts = { clearly_lower: 9, lower_could_be_chance: 7, no_clear_change: 8, higher: 0 };
  const page = renderToStaticMarkup(
    <PracticeResultsSection seen={{ clients: 24, verdicts }} practiceName="Harbour Massage" />,
  );
  const words = page
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  expect(words).toContain(
    'Of 24 who came to Harbour Massage with this question and noted their scores, their pain was:',
  );
  expect(words).toContain(
    '9 clearly lower than before 7 lower, but it could be chance 8 no clear change 0 higher than before',
  );
  expect(words).toContain('This proves nothing about the cause.');
});
