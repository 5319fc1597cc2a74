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

/** The groups with only those rows that contain each of the words, in any order and with or without accents. */
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
