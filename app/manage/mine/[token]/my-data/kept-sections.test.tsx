import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { type DataWithoutHealth, EXPORTED_TABLES } from '@/db/people/export-data-without-health';
import { getPractice, type Practice } from '@/db/practice/practice';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { EXPORTED_DATA, EXPORTED_NAMES, OTHER_VALUES } from '@/db/testing/test-exported-data';
import { NOW } from '@/db/testing/test-requests';
import { KeptSections } from './kept-sections';

setUpTestDatabase({ now: NOW });

/** The words of the page. */
function draw(data: DataWithoutHealth, practice: Practice): string {
  const html = renderToStaticMarkup(<KeptSections {...{ data, practice, names: EXPORTED_NAMES, now: NOW }} />);
  return html
    .replace(/<\/?bdi>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

/** Exported columns that the page does not show, and why. */
const NOT_SHOWN: Record<string, string> = {
  'outbox.toEmail': 'only messages to the address and to their own number are exported, and the page names both',
};

it('shows each exported column: another value changes what is read', async () => {
  const practice = await getPractice();
  const read = (data: DataWithoutHealth) => draw(data, practice);
  const whole = read(EXPORTED_DATA);
  const unseen = Object.entries(EXPORTED_TABLES).flatMap(([table, { names }]) => {
    const name = table as keyof DataWithoutHealth;
    const [first, ...others] = EXPORTED_DATA[name] as Record<string, unknown>[];
    const another = OTHER_VALUES[name] as Record<string, unknown>;
    return names.flatMap((column) => {
      expect(another[column], `test data for ${table}.${column}`).not.toEqual(first![column]);
      const changed = { ...EXPORTED_DATA, [name]: [{ ...first, [column]: another[column] }, ...others] };
      return read(changed) === whole ? [`${table}.${column}`] : [];
    });
  });
  expect(unseen).toEqual(Object.keys(NOT_SHOWN));
});

it('shows the newest fifty messages, and says how many more the file has', async () => {
  const [email] = EXPORTED_DATA.outbox;
  const outbox = Array.from({ length: 52 }, (_, day) => ({ ...email!, createdAt: NOW + day * 86_400_000 }));
  const words = draw({ ...EXPORTED_DATA, outbox }, await getPractice());
  expect(words.match(/Written: /g)).toHaveLength(50);
  expect(words).toContain('2 older messages are in the file.');
  expect(words).not.toContain('Written: Mon 23 Nov,');
});

it('says which entry was reversed, and which one reverses it', async () => {
  const [entry] = EXPORTED_DATA.ledgerEntries;
  const correction = {
    ...entry!,
    id: 'correction',
    at: entry!.at + 60_000,
    kind: 'correction' as const,
    correctsId: entry!.id,
  };
  const words = draw({ ...EXPORTED_DATA, ledgerEntries: [entry!, correction] }, await getPractice());
  expect(words).toMatch(
    /Reversed .*It takes an earlier entry back\. Paid, card .*This was a mistake and was reversed later\./,
  );
});

it('leaves out a section without anything in it', async () => {
  const nothing = Object.fromEntries(Object.keys(EXPORTED_TABLES).map((table) => [table, []]));
  expect(draw(nothing as unknown as DataWithoutHealth, await getPractice())).toBe('');
});
