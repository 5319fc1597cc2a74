import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Question } from '@/questions/library';
import { ReadyToBook } from './ready-to-book';

const offers = [{ id: 'swedish', name: 'Swedish', lengths: [{ minutes: 60, priceCents: 6800 }] }];

function wordsFor(massages: string[], minutes: number): string {
  const plan = { massages, minutes, cadence: 'weekly', said: 'Sports, every week.', basis: 'none' };
  const question = { slug: 'sciatica', plan } as unknown as Question;
  const html = renderToStaticMarkup(<ReadyToBook question={question} offers={offers} currency="EUR" locale="en-IE" />);
  return html.replace(/<[^>]+>/g, '|');
}

it('says what of the page’s plan cannot be booked online, and not that the practice has no such thing', () => {
  const words = wordsFor(['sports', 'sports'], 45);
  expect(words).toContain('The page suggests sports massage, which cannot be booked online here and is left out.');
  expect(words).toContain('The page suggests 45, which cannot be booked online here.');
  expect(words).not.toContain('not offer');
});

it('says nothing of it where the whole plan can be booked', () => {
  expect(wordsFor(['swedish', 'swedish'], 60)).not.toContain('cannot be booked');
});
