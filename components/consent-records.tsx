import { ActionForm } from './action-form';
import { Button } from './button';
import { FocusOnOpening } from './focus-on-opening';
import { Notice } from './notice';
import { PrintButton } from './print-button';

interface Session {
  uid: string;
  startsAt: number;
  endsAt: number;
}

/** One consent, in words. */
interface Consent {
  id: string;
  kind: string;
  words: string;
  version: string;
  way: 'page' | 'api' | 'staff';
  at: number;
  hash: string;
  /** The session that the consent is limited to. */
  session: Session | null;
  withdrawn: { at: number; way: 'page' | 'staff'; hash: string } | null;
}

const NAMES: Record<string, string> = {
  booking: 'Your booking',
  treated: 'To be treated',
  health_kept: 'To have health answers kept',
  written_to: 'To be written to',
  sensitive_area: 'Near a sensitive place, in one session',
};
const WAYS = { page: 'on this site', api: 'through another program', staff: 'at the practice' };
/** What withdrawing does, shown before it is done. */
const AFTER: Record<string, string> = {
  treated: 'Nobody treats you after that. Your dates stay until you cancel them, and the practice calls you.',
  health_kept:
    'Your health answers and pain scores are deleted at once and cannot be restored. Your therapist’s session notes stay. We then ask you in person.',
  written_to: 'We then write about your bookings alone.',
};

/** What a client agreed to, as a printable record. */
export function ConsentRecords(props: {
  consents: Consent[];
  /** Identifies the client for the action. */
  who: string;
  withdraw: (form: FormData) => Promise<void>;
  /** Where a consent for one session is changed; null once the session is over. */
  hrefOf: (session: Session) => string | null;
  formatDate: (instant: number) => string;
  /** The result of the last press. */
  flash: unknown;
}) {
  const { consents, who, withdraw, hrefOf, formatDate, flash } = props;
  const offered = ['treated', 'health_kept', 'written_to'].filter((kind) =>
    consents.some((consent) => consent.kind === kind && consent.withdrawn === null),
  );
  return (
    <div className="max-w-[46rem] pb-12">
      <Flash flash={flash} />
      {consents.length === 0 && <p className="text-soft">Nothing was agreed to yet.</p>}
      <ul className="border-t border-ink">
        {consents.map(({ id, kind, words, version, way, at, hash, session, withdrawn }) => (
          <li key={id} className="border-b border-line py-4 print:break-inside-avoid">
            <h2 className="text-[1.1875rem]! leading-7!">{NAMES[kind] ?? kind}</h2>
            <p className={`mt-1 font-serif text-read ${withdrawn ? 'line-through decoration-soft' : ''}`}>“{words}”</p>
            <p className="mt-2 text-small text-soft">
              Agreed {WAYS[way]} on {formatDate(at)}. Version {version}.
            </p>
            {session && !withdrawn && hrefOf(session) && (
              <p className="text-small print:hidden">
                <a href={hrefOf(session)!} className="inline-flex min-h-11 items-center">
                  Change or withdraw this
                </a>
              </p>
            )}
            {withdrawn && (
              <p className="text-small font-medium">
                Withdrawn {WAYS[withdrawn.way]} on {formatDate(withdrawn.at)}.
              </p>
            )}
            <p className="text-tiny text-soft wrap-anywhere">
              SHA-256 {hash}
              {withdrawn && <>, ended by {withdrawn.hash}</>}
            </p>
          </li>
        ))}
      </ul>
      <div className="mt-6 grid gap-6 print:hidden">
        {consents.length > 0 && (
          <div>
            <PrintButton />
          </div>
        )}
        {offered.map((kind) => (
          <ActionForm key={kind} action={withdraw} className="border-t border-line pt-4">
            <input type="hidden" name="who" value={who} />
            <input type="hidden" name="kind" value={kind} />
            <p className="mb-3 max-w-[36rem] text-small text-soft">{AFTER[kind]}</p>
            <Button kind="plain" slim>
              Withdraw: {(NAMES[kind] ?? kind).charAt(0).toLowerCase() + (NAMES[kind] ?? kind).slice(1)}
            </Button>
          </ActionForm>
        ))}
      </div>
    </div>
  );
}

function Flash({ flash }: { flash: unknown }) {
  if (flash !== 'withdrawn' && flash !== 'busy') return null;
  return (
    <div className="pb-8 print:hidden">
      <FocusOnOpening key={flash}>
        {flash === 'withdrawn' ? (
          <Notice tone="good" title="Withdrawn" id="flash" live>
            The record below says when.
          </Notice>
        ) : (
          <Notice tone="bad" title="The practice’s computer is busy just now" id="flash" live>
            Nothing was changed. Wait a moment and try again.
          </Notice>
        )}
      </FocusOnOpening>
    </div>
  );
}
