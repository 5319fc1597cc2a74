/** The repairs chosen on a page before its dates were found taken, by position: `d4=skip`. */
export function readPicks(query: Record<string, string | string[] | undefined>): Record<number, string> {
  const picks: Record<number, string> = {};
  for (const [name, value] of Object.entries(query))
    if (/^d\d{1,3}$/.test(name) && typeof value === 'string') picks[Number(name.slice(1))] = value;
  return picks;
}
