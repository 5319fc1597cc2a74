import { Notice } from '@/components/notice';
import type { HandOverRequestView, HandOverState } from '@/db/booking/hand-over-requests';
import { sayFirstName } from '@/scheduling/formatting';

const WHAT: Partial<Record<HandOverState, string>> = {
  unanswered: 'no answer came',
  declined: 'said no',
  partly: 'said yes, and some new times were taken',
};

/** Clients who were asked whether a colleague may take over, and where it is for staff to decide what comes next. */
export function HandOversToDecide({ requests }: { requests: HandOverRequestView[] }) {
  const open = requests.filter(({ state }) => WHAT[state] !== undefined);
  if (open.length === 0) return null;
  return (
    <div className="print:hidden">
      <Notice tone="bad" title={open.length === 1 ? 'A hand-over waits for you' : 'Hand-overs wait for you'}>
        <ul>
          {open.map(({ id, clientName, to, state, dates, stayed }) => {
            const uid = stayed[0] ?? dates[0]!.uid;
            return (
              <li key={id}>
                <a href={`/practice/hand-over/${uid}`} className="inline-flex min-h-11 items-center">
                  <bdi>{clientName}</bdi>, to {sayFirstName(to.name)}
                </a>
                : {WHAT[state]}
              </li>
            );
          })}
        </ul>
      </Notice>
    </div>
  );
}
