import { type ComparisonAnswer, formatComparisonAnswer, formatScore } from '@/care/describe-progress';

/** One row of the table: everything noted at one time. */
export interface ScoreRow {
  key: string;
  when: string;
  /** The formatted day. */
  on: string;
  /** Null where the answers cannot be read here. */
  answers: {
    usual: number | null;
    worst: number | null;
    task: number | null;
    compared: ComparisonAnswer | null;
    pressure: 'too_light' | 'right' | 'too_hard' | null;
    isSore: boolean | null;
  } | null;
  /** The difference from the mean before; null where there is nothing to compare with. */
  change: number | null;
}

const PRESSURES = { too_light: 'Pressure too light', right: 'Pressure right', too_hard: 'Pressure too hard' };

/** The scores as a table. `goal` is the one thing the client wants to do again, in their own words. */
export function ScoreTable({ rows, goal }: { rows: ScoreRow[]; goal: string | null }) {
  const hasTask = rows.some(({ answers }) => answers && answers.task !== null);
  return (
    <>
      <table className="w-full max-w-[46rem] border-collapse text-small">
        <caption className="sr-only">
          Pain from 0 to 10, usually and at its worst, and the difference to the mean of before the first session.
        </caption>
        <thead>
          <tr className="border-b border-line text-soft [&_th]:py-2 [&_th]:pr-2 [&_th]:align-bottom [&_th]:font-normal">
            <th scope="col" className="text-left">
              When
            </th>
            <th scope="col" className="text-right">
              Usual
            </th>
            <th scope="col" className="text-right">
              Worst
            </th>
            {hasTask && (
              <th scope="col" className="text-right">
                Your goal
              </th>
            )}
            <th scope="col" className="pr-0! text-right">
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, when, on, answers, change }) => (
            <tr
              key={key}
              className="border-b border-line align-baseline tabular-nums print:break-inside-avoid [&_td]:py-2.5 [&_td]:pr-2 [&_td]:text-right [&_td]:text-[0.9375rem]"
            >
              <th scope="row" className="py-2.5 pr-2 text-left font-normal">
                <span className="block font-serif text-[1.0625rem] leading-6 font-medium">{when}</span>
                <span className="text-soft">{on}</span>
                {answers && ScoreRowText(answers) !== '' && (
                  <span className="block text-soft">{ScoreRowText(answers)}</span>
                )}
              </th>
              {answers === null ? (
                <td colSpan={hasTask ? 4 : 3} className="pr-0! text-left! text-soft">
                  Cannot be shown here
                </td>
              ) : (
                <>
                  <td>{answers.usual ?? '–'}</td>
                  <td>{answers.worst ?? '–'}</td>
                  {hasTask && <td>{answers.task ?? '–'}</td>}
                  <td className="pr-0!">{formatSignedScoreChange(change)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {goal && hasTask && (
        <p className="mt-3 max-w-[36rem] text-small text-soft">
          Your goal: <bdi className="wrap-anywhere">{goal}</bdi>. 0 is not at all, 10 as well as before.
        </p>
      )}
    </>
  );
}

function ScoreRowText({ compared, pressure, isSore }: NonNullable<ScoreRow['answers']>): string {
  return [
    compared &&
      `${formatComparisonAnswer(compared)} than before we began`.replace('About the same than', 'About the same as'),
    pressure && PRESSURES[pressure],
    isSore === true && 'Still sore after two days',
  ]
    .filter(Boolean)
    .join('. ');
}

/** '−2.7'; a dash where there is nothing to compare with. */
export function formatSignedScoreChange(change: number | null): string {
  if (change === null) return '–';
  const amount = formatScore(Math.abs(change));
  return amount === '0' ? '0' : `${change < 0 ? '−' : '+'}${amount}`;
}
