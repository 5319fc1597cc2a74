import { redirect } from 'next/navigation';
import { setOwnPlansCookie } from '@/app/book/own-plans-cookie';
import { loadManagedSeries } from '@/app/manage/[token]/managed-series';

/**
 * Leads from an e-mail or the page of a plan to booking again. The address names the plan; this browser remembers who
 * booked it, and what is left out for its client.
 */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<never> {
  const { viewer, now } = await loadManagedSeries(params);
  await setOwnPlansCookie([viewer.seriesId], now);
  redirect(`/book${new URL(request.url).search}`);
}
