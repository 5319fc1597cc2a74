import { foldSearchText } from '@/db/input/search-text';

interface SettingsRow {
  title: string;
  href: string;
  summary: string;
  alsoCalled: string;
}

export interface SettingsGroup {
  title: string;
  rows: SettingsRow[];
}

/** The groups with those rows that hold each of the words, in whatever order and however they are accented. */
export function searchSettings(groups: SettingsGroup[], requested: string): SettingsGroup[] {
  const words = foldSearchText(requested).split(' ').filter(Boolean);
  return groups.map(({ title, rows }) => ({
    title,
    rows: rows.filter((row) => {
      const text = foldSearchText([title, row.title, row.summary, row.alsoCalled].join(' '));
      return words.every((word) => text.includes(word));
    }),
  }));
}
