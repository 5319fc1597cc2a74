import type { z } from 'zod';
import { json, onlyMethods, withProblems } from '@/app/api/v1/reply';
import type { servicesAnswer } from '@/app/api/v1/schemas';
import { getPractice } from '@/db/practice/practice';
import { listServicesOnline } from '@/db/practice/services';

export const GET = withProblems('reads', async () => {
  const [{ timeZone, currency }, services] = await Promise.all([getPractice(), listServicesOnline()]);
  return json({
    timeZone,
    currency,
    services: services.map(({ id, name, summary, lengths, therapists }) => ({
      id,
      name,
      summary,
      lengths,
      therapists,
    })),
  } satisfies z.infer<typeof servicesAnswer>);
});

export const { POST, PUT, PATCH, DELETE } = onlyMethods('GET');
