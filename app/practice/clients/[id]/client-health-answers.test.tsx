import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { HealthSummary } from '@/db/care/client-health-status';
import { NOW } from '@/db/testing/test-requests';
import { ClientHealthAnswers } from './client-health-answers';

const practice = { timeZone: 'Europe/Dublin', locale: 'en-IE' };

it.each([
  [true, 'Pregnant, gave birth lately, or not sure. This date is with somebody'],
  [false, 'Perhaps pregnant: their answers cannot be read here. This date is with somebody'],
])(
  'names the dates with a therapist without the training, whether or not the answers can be read: %s',
  (isPregnancyStated, words) => {
    const sheet: HealthSummary = {
      ...{ alerts: [], submitted: null, why: null, next: null, earlier: [], isBegun: false },
      consents: { treated: 'given', health_kept: 'given', written_to: 'never' },
      untrained: { isPregnancyStated, dates: [{ uid: 'a', startsAt: NOW, therapist: 'Tom Byrne' }], trained: [] },
    };
    const html = renderToStaticMarkup(
      <ClientHealthAnswers {...{ clientId: 'nia', practice }} standing={{ level: 'answered', sheet }} />,
    );
    expect(html).toContain(words);
  },
);
