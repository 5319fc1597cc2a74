import type { MoveWarning } from '@/db/booking/move-as-staff';

const WARNINGS: Record<MoveWarning, (who: string) => string> = {
  outside_hours: (who) => `${who} does not work then.`,
  over_cap: (who) => `That is more than ${who} wants to give in a day or a week.`,
  // The front desk reads this too, and may not know the reason.
  ask_first: (who) => `Before ${who} takes this, ask whoever treats the client, or look at the client’s page.`,
};

/** What staff are told before they do something that a client could not do. */
export function describeMoveWarning(warning: MoveWarning, who: string): string {
  return WARNINGS[warning](who);
}

/** The warnings in an address; unknown ones are left out. */
export function parseMoveWarnings(raw: unknown): MoveWarning[] {
  const requested = typeof raw === 'string' ? raw.split(' ') : [];
  return (Object.keys(WARNINGS) as MoveWarning[]).filter((warning) => requested.includes(warning));
}

/**
 * A swap that was warned of, from an address: the other appointment, and the first names of the therapists for whom
 * somebody has to be asked first.
 */
export function parseSwapToAskAbout(
  raw: Record<string, unknown>,
  therapists: { id: string; firstName: string }[],
): { other: string; askFirst: string[] } | null {
  const requested = typeof raw.first === 'string' ? raw.first.split(' ') : [];
  const askFirst = therapists.filter(({ id }) => requested.includes(id)).map(({ firstName }) => firstName);
  return typeof raw.swap === 'string' && askFirst.length > 0 ? { other: raw.swap, askFirst } : null;
}
