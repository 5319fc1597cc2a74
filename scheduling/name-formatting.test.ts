import { describe, expect, it } from 'vitest';
import { extractFirstName } from './name-formatting';

describe('people', () => {
  it.each([
    ['Mira Kovač', 'Mira'],
    ['Mira', 'Mira'],
    ['Dr. Mira Kovač', 'Mira'],
    ['Prof. Dr. med. Mira Kovač', 'Mira'],
    ['Dr Mira Kovač', 'Mira'],
    ['Ms Jo Ng', 'Jo'],
    ['Dr. Kovač', 'Dr. Kovač'],
    ['Dr. X', 'Dr. X'],
    ['Dr.', 'Dr.'],
    ['J. R. Smith', 'J. R. Smith'],
    ['Drew Barry', 'Drew'],
    ['Mx', 'Mx'],
    ['Zoë Ní Bhriain', 'Zoë'],
    ['', ''],
  ])('call %j %j', (name, expected) => {
    expect(extractFirstName(name)).toBe(expected);
  });
});
