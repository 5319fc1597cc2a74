import { LinkIfAny } from './figure-link';

const TABLE_CLASS =
  'w-full max-w-[36rem] self-start text-small tabular-nums [&_td]:py-2.5 [&_td]:text-right [&_th]:py-2.5 [&_th]:font-normal [&_tr]:border-b [&_tr]:border-line';

/** Takings, with a row for each therapist, massage or way of paying, and a total. */
export function TakingsTable<Id extends string>(props: {
  title: string;
  /** Either all or none of the rows have sessions. */
  rows: { id: Id; name: string; sessions?: number; takenCents: number }[];
  money: (cents: number) => string;
  /** The list of what a row counts; without an id, of what all rows count. */
  listHref: (list: 'completed' | 'payments', id: Id | null) => string;
  className?: string;
}) {
  const { title, rows, money, listHref, className = '' } = props;
  const countsSessions = rows.some((row) => row.sessions !== undefined);
  const sessions = rows.reduce((sum, row) => sum + (row.sessions ?? 0), 0);
  const totalCents = rows.reduce((sum, row) => sum + row.takenCents, 0);
  return (
    <table className={`${className} ${TABLE_CLASS}`}>
      <thead className="border-t border-ink text-soft">
        <tr>
          <th scope="col" className="text-left wrap-anywhere">
            {title}
          </th>
          {countsSessions && (
            <th scope="col" className="pl-2 text-right wrap-anywhere">
              Sessions
            </th>
          )}
          <th scope="col" className="pl-2 text-right wrap-anywhere">
            Takings
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" className="text-left wrap-anywhere">
              {row.name}
            </th>
            {row.sessions !== undefined && (
              <td>
                <LinkIfAny count={row.sessions} href={listHref('completed', row.id)}>
                  {row.sessions}
                </LinkIfAny>
              </td>
            )}
            <td>
              <LinkIfAny count={row.takenCents} href={listHref('payments', row.id)}>
                {money(row.takenCents)}
              </LinkIfAny>
            </td>
          </tr>
        ))}
        <tr className="font-semibold">
          <th scope="row" className="text-left font-semibold!">
            All
          </th>
          {countsSessions && (
            <td>
              <LinkIfAny count={sessions} href={listHref('completed', null)}>
                {sessions}
              </LinkIfAny>
            </td>
          )}
          <td>
            <LinkIfAny count={totalCents} href={listHref('payments', null)}>
              {money(totalCents)}
            </LinkIfAny>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
