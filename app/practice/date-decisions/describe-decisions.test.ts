import { expect, it } from 'vitest';
import { countDecisions, describeDecisions } from './describe-decisions';

const chosen = (moved: number, cancelled: number, kept: number) => ({ moved, cancelled, kept });

it('says what the button does with each date of an absence, and whether e-mails go out', () => {
  expect(describeDecisions('absence', chosen(3, 1, 2), true)).toBe('Move 3, cancel 1, leave 2, and send the e-mails');
  expect(describeDecisions('absence', chosen(3, 1, 2), false)).toBe('Move 3, cancel 1, leave 2');
  expect(describeDecisions('absence', chosen(4, 0, 0), true)).toBe('Move 4, and send the e-mails');
  expect(describeDecisions('absence', chosen(1, 0, 0), true)).toBe('Move 1, and send the e-mail');
  expect(describeDecisions('absence', chosen(0, 2, 1), false)).toBe('Cancel 2, leave 1');
});

it('sends nothing where every date stays, and says that the time around the dates is taken', () => {
  expect(describeDecisions('absence', chosen(0, 0, 3), true)).toBe('Leave 3, and take the time around them');
  expect(describeDecisions('absence', chosen(0, 0, 1), true)).toBe('Leave 1, and take the time around it');
});

it('hands over the dates that are neither cancelled nor left, and sends one e-mail to the client', () => {
  expect(describeDecisions('hand over', chosen(3, 0, 1), true)).toBe('Hand over 3, leave 1, and send the e-mail');
  expect(describeDecisions('hand over', chosen(3, 1, 0), false)).toBe('Hand over 3, cancel 1');
  expect(describeDecisions('hand over', chosen(0, 0, 4), true)).toBe('Leave 4 as they are');
  expect(describeDecisions('hand over', chosen(0, 0, 1), true)).toBe('Leave 1 as it is');
});

it('counts the choice for each date, and no other field of the form', () => {
  const form = new FormData();
  form.append('date-a', 'move.1796137200000.jun');
  form.append('date-b', 'cancel');
  form.append('date-c', 'keep');
  form.append('date-d', 'move.1796140800000.mira');
  form.append('seen', 'a.1');
  form.append('reason', 'cancel');
  expect(countDecisions(form)).toEqual(chosen(2, 1, 1));
});
