import { foldSearchText } from '@/db/input/search-text';

interface SettingsRow {
  title: string;
  href: string;
  stands: string;
  alsoCalled: string;
}

export interface SettingsGroup {
  title: string;
  rows: SettingsRow[];
}

/** The groups with those rows that hold each of the words, in whatever order and however they are accented. */
export function findSettings(groups: SettingsGroup[], asked: string): SettingsGroup[] {
  const words = foldSearchText(asked).split(' ').filter(Boolean);
  return groups.map(({ title, rows }) => ({
    title,
    rows: rows.filter((row) => {
      const said = foldSearchText([title, row.title, row.stands, row.alsoCalled].join(' '));
      return words.every((word) => said.includes(word));
    }),
  }));
}
