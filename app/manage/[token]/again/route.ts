import { redirect } from 'next/navigation';
import { rememberOwnPlans } from '@/app/book/own-plan';
import { loadManaged } from '@/app/manage/[token]/load';

/** From an e-mail on to booking: the plan is in this address, and what is left out for its client this browser remembers. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<never> {
  const { viewer, now } = await loadManaged(params);
  await rememberOwnPlans([viewer.seriesId], now);
  redirect(`/book${new URL(request.url).search}`);
}
