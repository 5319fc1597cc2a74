/**
 * The line of a series, first session to last, broken where a date clashes. `line` holds run lengths: so many free
 * dates, then so many that clash, and so on. Words beside it say the same.
 */
export function SeriesAvailabilityLine({ line }: { line: number[] }) {
  return (
    <u>
      {partsOf(line).map(({ name, dates }) => (
        // A series that begins with a clash has a first run of zero free dates.
        <i key={name} hidden={dates === 0} style={dates > 1 ? { flex: dates } : undefined} />
      ))}
    </u>
  );
}

/** The runs, each named by its kind and the session it begins with, which makes the names unique. */
function partsOf(line: number[]): { name: string; dates: number }[] {
  let first = 1;
  return line.map((dates, at) => {
    const name = `${at % 2 === 0 ? 'free' : 'clash'} from ${first}`;
    first += dates;
    return { name, dates };
  });
}
