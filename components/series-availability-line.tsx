/**
 * The line of a series, first session to last, broken where a date clashes: so many that are free, then so many that
 * clash, and so on. Words say the same beside it.
 */
export function SeriesAvailabilityLine({ line }: { line: number[] }) {
  return (
    <u>
      {partsOf(line).map(({ name, dates }) => (
        // One that begins with a clash begins with no free date.
        <i key={name} hidden={dates === 0} style={dates > 1 ? { flex: dates } : undefined} />
      ))}
    </u>
  );
}

/** Each part by what it is and the session it begins with: no two have the same name. */
function partsOf(line: number[]): { name: string; dates: number }[] {
  let first = 1;
  return line.map((dates, at) => {
    const name = `${at % 2 === 0 ? 'free' : 'clash'} from ${first}`;
    first += dates;
    return { name, dates };
  });
}
