import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

// Every `@example` of scheduling/ and care/ is run, and must give the value after `//=>`. The names that examples may
// use:
const exampleScope = {
  rules: {
    timeZone: 'UTC',
    stepMinutes: 15,
    noticeMinutes: 0,
    windowDays: 400,
    maxSessions: 26,
    services: new Map(),
    now: 0,
    hours: new Map([['mira', { weeklyHours: { 4: [['09:00', '13:00']] }, overrides: [] }]]),
  },
  services: [
    { id: 'swedish', pressure: 1 },
    { id: 'sports', pressure: 2 },
    { id: 'deep-tissue', pressure: 3 },
  ],
  request: {
    ...{ id: 'one', therapistId: null, cadence: 'once', sessions: 1, fromOn: '2026-12-01', untilOn: '2026-12-31' },
    ...{ dayParts: 2 ** 21 - 1, atTime: null, soonerThan: null, isUrgent: false, isSkip: false, createdAt: 0 },
  },
  date: {
    padded: { start: 0, end: 4_500_000 },
    therapistIds: ['mira'],
    roomIds: ['garden'],
    load: { start: 0, durationMinutes: 60, isDeep: false },
  },
};

const files = ['scheduling', 'care'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file}`),
);
const modules = await Promise.all(files.map((file) => import(/* @vite-ignore */ path.resolve(file))));
const everything = Object.assign({}, exampleScope, ...modules) as Record<string, unknown>;

const examples = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/@example\n((?: \* .*\n)+?)(?= \*\/| \* @)/g)].map(([, text]) => {
    const code = text!.replace(/^ \* ?/gm, '').trim();
    const [expression, expected] = code.split(/;? \/\/=> /) as [string, string];
    return { file, expression, expected };
  }),
);

const run = (code: string) =>
  new Function(...Object.keys(everything), `return (${code});`)(...Object.values(everything));

describe.each(examples)('$file: $expression', ({ expression, expected }) => {
  it(`gives ${expected}`, () => {
    expect(run(expression)).toEqual(run(expected));
  });
});

it('has an example for every exported function', () => {
  const without = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(\n \*\/)?\nexport function (\w+)/g)]
      .map((match) => ({ name: match[2]!, at: match.index }))
      .filter(({ name }) => !examples.some((example) => example.file === file && example.expression.includes(name)))
      .map(({ name }) => `${file}: ${name}`),
  );
  expect(without).toEqual([]);
});

it('has a docstring for every export, and a question at the top of every file', () => {
  const silent = files.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    const opening = lines.findIndex((line) => !line.startsWith('//'));
    const bare = lines.filter((line, i) => {
      return /^export (function|const|interface|type \w)/.test(line) && !lines[i - 1]!.endsWith('*/');
    });
    return [...(opening >= 2 && opening <= 5 ? [] : ['its first lines']), ...bare].map((what) => `${file}: ${what}`);
  });
  expect(silent).toEqual([]);
});
