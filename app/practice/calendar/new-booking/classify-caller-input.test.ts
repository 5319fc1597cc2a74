import { expect, it } from 'vitest';
import { classifyCallerInput } from './classify-caller-input';

it.each([
  ['Mary Quill', 'name'],
  [' 087 555 0134 ', 'phone'],
  ['+353 (0)87 555 0134', 'phone'],
  ['０８７ ５５５ ０１３４', 'phone'],
  ['mary@example.org', 'email'],
  ['ana＠münchen.example', 'email'],
  ['Mary 2', 'name'],
  ['0134', 'name'],
  ['Mary 087 555 0134', 'name'],
])('%j is searched for, and becomes the new client’s %s', (input, field) => {
  const parted = classifyCallerInput(input);
  expect(Object.entries(parted).filter(([, value]) => value !== '')).toEqual([[field, input.trim()]]);
});
