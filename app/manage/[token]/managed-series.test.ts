import { describe, expect, it } from 'vitest';
import { type ManagedSeries, requireAppointment } from './managed-series';

const managed = { token: 'own-link', series: { appointments: [{ uid: 'own' }] } } as unknown as ManagedSeries;
const digestOf = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return (error as { digest?: unknown }).digest;
  }
};

describe('the appointment of a page', () => {
  it('is the one that the address names', () => {
    expect(requireAppointment(managed, 'own')).toEqual({ uid: 'own' });
  });
  it('is not found in another plan', () => {
    expect(digestOf(() => requireAppointment(managed, 'of-another'))).toMatch(/;404$/);
    expect(digestOf(() => requireAppointment(managed, ['own', 'own']))).toMatch(/;404$/);
  });
  it('is chosen from the list of dates where the address names none', () => {
    for (const none of [undefined, ''])
      expect(digestOf(() => requireAppointment(managed, none))).toMatch(/^NEXT_REDIRECT;.*;\/manage\/own-link;/);
  });
});
