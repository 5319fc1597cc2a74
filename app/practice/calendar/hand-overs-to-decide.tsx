import { Notice } from '@/components/notice';
import type { HandOverRequestView, HandOverState } from '@/db/booking/hand-over-requests-to-clients';
import { extractFirstName } from '@/scheduling/name-formatting';

const WHAT: Partial<Record<HandOverState, string>> = {
  unanswered: 'no answer came',
  declined: 'said no',
  partly: 'said yes, and some new times were taken',
};

/** The hand-over requests on which staff have to decide next. */
export function filterHandOversToDecide(requests: HandOverRequestView[]): HandOverRequestView[] {
  return requests.filter(({ state }) => WHAT[state] !== undefined);
}

/** Clients who were asked whether a colleague may take over, and for whom staff now have to decide. */
export function HandOversToDecideNotice({ open }: { open: HandOverRequestView[] }) {
  if (open.length === 0) return null;
  return (
    <div id="notice-hand-overs" tabIndex={-1} className="outline-none print:hidden">
      <Notice tone="bad" title={open.length === 1 ? 'A hand-over waits for you' : 'Hand-overs wait for you'}>
        <ul>
          {open.map(({ id, clientName, to, state, dates, stayed }) => {
            const uid = stayed[0] ?? dates[0]!.uid;
            return (
              <li key={id}>
                <a href={`/practice/hand-over/${uid}`} className="inline-flex min-h-11 items-center">
                  <bdi>{clientName}</bdi>, to {extractFirstName(to.name)}
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
