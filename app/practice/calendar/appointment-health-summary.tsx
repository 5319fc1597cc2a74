import Link from 'next/link';
import {
  INTAKE_STATUS_LABELS,
  SAFETY_TIER_LABELS,
  SessionCheckSummary,
} from '@/app/practice/clients/[id]/client-health-answers';
import type { Staff } from '@/db/access/viewer';
import { getClientHealthStatus } from '@/db/care/client-health-status';
import { getSessionCheck } from '@/db/care/pre-session-check';

interface Props {
  viewer: Staff;
  facts: { uid: string; client: { id: string } };
  now: number;
}

/** How far a client is with their health answers, and what follows from them for those who treat the client. */
export async function AppointmentHealthSummary({ viewer, facts, now }: Props) {
  const [standing, session] = await Promise.all([
    getClientHealthStatus(viewer, facts.client.id, { now }),
    getSessionCheck(viewer, facts.uid, { now }),
  ]);
  if (!standing) return null;
  const { level, sheet } = standing;
  const verdict = sheet?.submitted?.verdict;
  return (
    <>
      <span className={level === 'needs_call' ? 'font-medium text-clay' : ''}>{INTAKE_STATUS_LABELS[level]}.</span>
      {verdict && <> {SAFETY_TIER_LABELS[verdict.tier]}.</>}
      {verdict && verdict.avoid.length > 0 && <> Avoid {verdict.avoid.join('; ')}.</>}
      {sheet && session && (session.isOpen || session.answer) && (
        <>
          {' '}
          <SessionCheckSummary answer={session.answer} />
        </>
      )}
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
