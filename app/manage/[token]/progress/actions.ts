'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { readShownPause } from '@/app/manage/[token]/pause-value';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { MAX_MOVE_REPAIRS, moveRepairSchema } from '@/db/booking/apply-move-repairs';
import { applyProgressCheckInChoice } from '@/db/care/progress-check-in';

const CHOICES = ['continue', 'change', 'space_out', 'pause', 'stop'] as const;
const repairList = z.array(moveRepairSchema).max(MAX_MOVE_REPAIRS);
const LONGEST_REPAIRS = 20_000;

/** Carries out how a client chose to continue after four sessions: exactly what was shown to them, or nothing. */
export async function chooseHowToContinue(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 60);
  const flash = await choose(token, form);
  redirect(`/manage/${encodeURIComponent(token)}/progress?flash=${flash}#flash`);
}

async function choose(token: string, form: FormData): Promise<string> {
  const choice = CHOICES.find((known) => known === readText(form, 'choice'));
  const repairs = readRepairs(readText(form, 'repairs', LONGEST_REPAIRS));
  // An option that names no massage counts as no choice.
  const [serviceId = '', therapistId = ''] = readText(form, 'massage').split(' ');
  if (!choice || !repairs) return 'conflict';
  if (choice === 'change' && therapistId === '') return 'none_chosen';
  const version = Number(readText(form, 'version'));
  const pause = readShownPause(readText(form, 'pause'));
  return changeWithinLimit(async () => {
    const viewer = await findManageLinkViewer(token);
    if (!viewer) return 'conflict';
    const result = await applyProgressCheckInChoice(
      viewer,
      { choice, version, repairs, ...(pause && { pause }), serviceId, therapistId },
      { now: Date.now() },
    );
    return result.ok ? choice : result.reason;
  });
}

/** Null if the site did not send it. */
function readRepairs(sent: string): z.output<typeof repairList> | null {
  if (sent === '') return [];
  try {
    return repairList.parse(JSON.parse(sent));
  } catch {
    return null;
  }
}
