import { eq } from 'drizzle-orm';
import type { AllPlansViewer } from '@/db/access/all-plans-links';
import { getManageLinkExpiry, getManageToken } from '@/db/access/manage-tokens';
import { listSeriesUnchecked, type SeriesView } from '@/db/appointments/series';
import { listDatesExemptFromMoveLimits } from '@/db/booking/move-limit-exemptions';
import { getIntake } from '@/db/care/intake';
import { SESSION_CHECK_OPENS_MS } from '@/db/care/pre-session-check';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { clients, series } from '@/db/schema';

/** One plan of an address, without its note and question page, which are about health. */
export interface PlanOfEmail {
  series: SeriesView;
  /** The token of the plan's own manage link. */
  token: string;
  viewer: { role: 'link'; seriesId: string };
  /** The client of the plan: several people may share an address. */
  clientId: string;
  /** The uids of dates that may be moved after the cutoff, or once more than is allowed. */
  datesExemptFromMoveLimits: string[];
  /** Whether the health form of an upcoming client is missing: never its contents. */
  healthForm: 'due' | 'begun' | null;
  /** The question before the next visit can be answered now. */
  isNewsAsked: boolean;
}

/** The plans of an address whose own link still opens; those with the nearest date come first, past ones last. */
export async function listPlansOfEmail(viewer: AllPlansViewer, { now }: Clock): Promise<PlanOfEmail[]> {
  const db = await reader();
  const owners = await db
    .select({ seriesId: series.id, clientId: clients.id })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(eq(clients.email, viewer.email));
  const ownerOf = new Map(owners.map(({ seriesId, clientId }) => [seriesId, clientId]));
  const plans: PlanOfEmail[] = [];
  for (const view of await listSeriesUnchecked(db, eq(clients.email, viewer.email))) {
    const end = await getManageLinkExpiry(db, view.uid);
    const clientId = ownerOf.get(view.uid);
    if (clientId === undefined || end === null || end <= now) continue;
    const link = { role: 'link', seriesId: view.uid } as const;
    plans.push({
      series: { ...view, note: null, questionSlug: null },
      token: await getManageToken(view.uid),
      viewer: link,
      clientId,
      datesExemptFromMoveLimits: await listDatesExemptFromMoveLimits(link),
      ...(await formsOf(link, nextStart(view, now), now)),
    });
  }
  const order = ({ series }: PlanOfEmail) => nextStart(series, now) ?? Number.MAX_SAFE_INTEGER;
  return plans.sort((a, b) => order(a) - order(b));
}

function nextStart({ appointments }: SeriesView, now: number): number | null {
  const starts = appointments.filter(({ status, startsAt }) => status === 'booked' && startsAt > now);
  return starts.length === 0 ? null : Math.min(...starts.map(({ startsAt }) => startsAt));
}

async function formsOf(
  viewer: PlanOfEmail['viewer'],
  next: number | null,
  now: number,
): Promise<Pick<PlanOfEmail, 'healthForm' | 'isNewsAsked'>> {
  const intake = next === null ? null : await getIntake(viewer, { now });
  if (next === null || !intake) return { healthForm: null, isNewsAsked: false };
  const { draft, submitted, why, isGivenElsewhere, consents } = intake;
  const isDone = (submitted && why === null) || isGivenElsewhere;
  const isStoredHere = consents.health_kept === 'given' || isGivenElsewhere;
  return {
    healthForm: draft ? 'begun' : isDone ? null : 'due',
    isNewsAsked: now >= next - SESSION_CHECK_OPENS_MS && isStoredHere,
  };
}
