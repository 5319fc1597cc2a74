import Link from 'next/link';
import { LEVELS, SessionCheckSummary, TIERS } from '@/app/practice/clients/[id]/care';
import type { Staff } from '@/db/access/viewer';
import { getCareStatus } from '@/db/care/care-status';
import { getSessionCheck } from '@/db/care/session-check';

interface Props {
  viewer: Staff;
  facts: { uid: string; client: { id: string } };
  now: number;
}

/** What a client told before they come: how far they are, and for whoever treats them what follows. */
export async function CareLine({ viewer, facts, now }: Props) {
  const [standing, session] = await Promise.all([
    getCareStatus(viewer, facts.client.id, { now }),
    getSessionCheck(viewer, facts.uid, { now }),
  ]);
  if (!standing) return null;
  const { level, sheet } = standing;
  const verdict = sheet?.given?.verdict;
  return (
    <>
      <span className={level === 'needs_call' ? 'font-medium text-clay' : ''}>{LEVELS[level]}.</span>
      {verdict && <> {TIERS[verdict.tier]}.</>}
      {verdict && verdict.avoid.length > 0 && <> Avoid {verdict.avoid.join('; ')}.</>}
      {sheet && session && (session.isOpen || session.said) && <SessionCheckSummary said={session.said} />}
      <span className="flex flex-wrap gap-x-5">
        {sheet && (
          <Link href={`/practice/clients/${facts.client.id}/intake`} className="inline-flex min-h-11 items-center">
            The health form
          </Link>
        )}
        {session?.isOpen && (
          <Link href={`/practice/before/${facts.uid}`} className="inline-flex min-h-11 items-center">
            Ask what is new
          </Link>
        )}
      </span>
    </>
  );
}
