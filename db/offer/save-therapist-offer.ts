import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { makeIdFromName } from '@/db/input/list-editing';
import type { Issue } from '@/db/results';
import { serviceLengths, therapistPrices, therapistServices, therapists } from '@/db/schema';
import { extractFirstName } from '@/scheduling/name-formatting';
import { getMoneyExample, parseMoney } from '@/scheduling/parse-money';
import { TEAM_COLOURS } from './team-member-schema';

// Which massages a team member gives, and at which prices.

/** Makes a user take appointments: with their former settings, or as a new therapist without massages and hours. */
export async function activateOrCreateTherapist(tx: Db, userId: string, name: string, now: number): Promise<string> {
  const all = await tx.select().from(therapists);
  const before = all.find((therapist) => therapist.userId === userId);
  if (before) {
    await tx.update(therapists).set({ isActive: true, inactiveSince: null, name }).where(eq(therapists.id, before.id));
    return before.id;
  }
  // Their id in links: the first name, or the last name where a title comes first.
  const shortName = extractFirstName(name).split(' ').at(-1)!;
  const existingIds = all.map((therapist) => therapist.id);
  const id = makeIdFromName(shortName, existingIds, 'therapist');
  const used = all.filter(({ isActive }) => isActive).map(({ colour }) => colour);
  const colour = (TEAM_COLOURS.find(({ value }) => !used.includes(value)) ?? TEAM_COLOURS[0]!).value;
  const position = all.length;
  await tx.insert(therapists).values({ id, userId, name, about: '', colour, isActive: true, position, joinedAt: now });
  return id;
}

/** Which massages they give, and their own prices. A price equal to the usual one is not stored. */
export async function saveTherapistOffer(
  tx: Db,
  therapistId: string,
  serviceIds: string[],
  prices: { serviceId: string; minutes: number; priceCents: number }[],
): Promise<void> {
  await tx.delete(therapistServices).where(eq(therapistServices.therapistId, therapistId));
  if (serviceIds.length > 0)
    await tx.insert(therapistServices).values(serviceIds.map((serviceId) => ({ therapistId, serviceId })));
  const lengths = await tx.select().from(serviceLengths);
  const customPrices = prices.filter(({ serviceId, minutes, priceCents }) => {
    const usual = lengths.find((length) => length.serviceId === serviceId && length.minutes === minutes);
    return usual !== undefined && serviceIds.includes(serviceId) && usual.priceCents !== priceCents;
  });
  await tx.delete(therapistPrices).where(eq(therapistPrices.therapistId, therapistId));
  if (customPrices.length > 0)
    await tx.insert(therapistPrices).values(customPrices.map((price) => ({ ...price, therapistId })));
}

/** The prices in a form, keyed by `massage.minutes`, in cents. An empty field sets no price. */
export function parseOwnPrices(inputs: Record<string, string>, currency: string) {
  const read: { serviceId: string; minutes: number; priceCents: number }[] = [];
  const issues: Issue[] = [];
  for (const [key, text] of Object.entries(inputs)) {
    if (text.trim() === '') continue;
    const [, serviceId, minutes] = /^([\w:-]{1,64})\.(\d{1,3})$/.exec(key) ?? [];
    const priceCents = parseMoney(text, currency);
    if (serviceId === undefined) continue;
    if (priceCents === null)
      issues.push({
        path: ['prices', key],
        message: `Give a price in ${currency}, such as ${getMoneyExample(currency)}, or nothing.`,
      });
    else read.push({ serviceId, minutes: Number(minutes), priceCents });
  }
  return { read, issues };
}
