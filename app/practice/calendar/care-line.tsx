import Link from 'next/link';
import { LEVELS, TIERS } from '@/app/practice/clients/[id]/care';
import type { Staff } from '@/db/access/viewer';
import { getCareStanding } from '@/db/care/standing';

/** What a client told before they come: how far they are, and the verdict for whoever treats them. */
export async function CareLine(props: { viewer: Staff; facts: { client: { id: string } }; now: number }) {
  const { viewer, facts, now } = props;
  const standing = await getCareStanding(viewer, facts.client.id, { now });
  if (!standing) return null;
  const { level, sheet } = standing;
  const verdict = sheet?.given?.verdict;
  return (
    <>
      <span className={level === 'needs_call' ? 'font-medium text-clay' : ''}>{LEVELS[level]}.</span>
      {verdict && <> {TIERS[verdict.tier]}.</>}
      {verdict && verdict.avoid.length > 0 && <> Avoid {verdict.avoid.join('; ')}.</>}{' '}
      {sheet && (
        <Link href={`/practice/clients/${facts.client.id}/intake`} className="inline-flex min-h-11 items-center">
          The health form
        </Link>
      )}
    </>
  );
}
