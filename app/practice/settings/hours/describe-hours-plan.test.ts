import { expect, it } from 'vitest';
import { describeHoursOfTeam } from './describe-hours-plan';

it('tells two people of one first name apart', () => {
  const week = { 1: [['09:00', '17:00']] as [string, string][] };
  const team = [
    { id: 'ruth', name: 'Ruth Keane', week },
    { id: 'ruth-2', name: 'Ruth Byrne', week: {} },
    { id: 'jun', name: 'Dr. Jun Sato', week },
  ];
  expect(describeHoursOfTeam(team, 'en-IE')).toBe('Ruth Keane Mon; Ruth Byrne no hours; Jun Mon');
});
