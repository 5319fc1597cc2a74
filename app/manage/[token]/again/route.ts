import { redirect } from 'next/navigation';
import { setOwnPlansCookie } from '@/app/book/own-plans-cookie';
import { loadManagedSeries } from '@/app/manage/[token]/managed-series';

/** From an e-mail on to booking: the plan is in this address, and what is left out for its client this browser remembers. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<never> {
  const { viewer, now } = await loadManagedSeries(params);
  await setOwnPlansCookie([viewer.seriesId], now);
  redirect(`/book${new URL(request.url).search}`);
}
