import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText } from '@/app/form-data';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import type { ChangeContext, StrandedBookingDecisions, StrandedDate } from '@/db/offer/stranded-bookings';
import { getPractice } from '@/db/practice/practice';
import {
  readStrandedDecision,
  type StrandedDatesFormState,
  toStrandedDatesFormState,
} from './stranded-decisions-form-data';

type Retire = (
  id: string,
  decision: StrandedBookingDecisions,
  context: ChangeContext,
) => Promise<
  | { ok: true }
  | { ok: false; reason: 'stranded'; dates: StrandedDate[] }
  | { ok: false; reason: Exclude<StrandedDatesFormState['problem'], null> }
>;

/** Retires a massage, a room or a member by their form, as decided on the dates that this strands. Null: it is done. */
export async function retireByForm(form: FormData, retire: Retire): Promise<StrandedDatesFormState | null> {
  const now = Date.now();
  const context = { now, listSuited: makeListSuitedTherapists(now) };
  const result = await catchDatabaseBusy(() => retire(readText(form, 'id', 64), readStrandedDecision(form), context));
  if (result === 'busy') return { problem: 'busy', dates: null };
  if (result.ok) return null;
  return result.reason === 'stranded'
    ? toStrandedDatesFormState(result.dates, form, await getPractice())
    : { problem: result.reason, dates: null };
}
