import { describe, expect, it } from 'vitest';
import { listHealthAlerts } from './health-alerts';

describe('the health alerts for a therapist', () => {
  it('are empty when nothing applies', () => {
    expect(listHealthAlerts({ allergy: 'no', thinner: 'no' }, { allergy: 'left from before' })).toEqual([]);
  });

  it('list how firmly to press and what to avoid, each once, with the client’s own words', () => {
    expect(
      listHealthAlerts(
        {
          thinner: 'yes',
          cancer_care: 'unsure',
          heart: 'yes',
          bones: 'yes',
          allergy: 'unsure',
          surgery: 'yes',
          skin: 'yes',
        },
        { thinner: 'Apixaban', surgery: 'Knee, in spring', allergy: 'Nut oils' },
      ),
    ).toEqual([
      'Press lightly: Apixaban',
      'They wrote: Knee, in spring',
      'Press lightly',
      'Avoid where cancer is treated, a port, and the side where lymph nodes were taken out',
      'Avoid the skin that is hurt or fragile',
      'Avoid oils, scents or latex that cause a reaction: Nut oils',
    ]);
    expect(listHealthAlerts({ surgery: 'yes' }, {})).toEqual([]);
  });
});
