import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Question } from '@/questions/library';
import type { MassageWithPrices } from './bookable-plan';
import { ReadyToBook } from './ready-to-book';

const lengths = [{ minutes: 60, priceCents: 6800 }];
const offers = [{ id: 'swedish', name: 'Swedish', lengths, therapists: ['mira', 'jun'] }];

function wordsFor(massages: string[], minutes: number, offered: MassageWithPrices[] = offers): string {
  const plan = { massages, minutes, cadence: 'weekly', said: 'Sports, every week.', basis: 'none' };
  const question = { slug: 'sciatica', plan } as unknown as Question;
  const html = renderToStaticMarkup(<ReadyToBook question={question} offers={offered} currency="EUR" locale="en-IE" />);
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

it('says what the plan costs at least, where therapists have their own prices', () => {
  expect(wordsFor(['swedish', 'swedish'], 60)).toContain(', €136 in total');
  const ownPrices = [{ therapistId: 'jun', minutes: 60, priceCents: 6000 }];
  expect(wordsFor(['swedish', 'swedish'], 60, [{ ...offers[0]!, ownPrices }])).toContain(', from €120 in total');
});
