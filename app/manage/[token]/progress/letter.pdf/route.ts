import { loadLetter } from '@/app/manage/[token]/progress/letter/load-letter';
import { buildLetterPdf } from './build-letter-pdf';

export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { managed, text, hasPdf } = await loadLetter(params);
  const { now, practice, token } = managed;
  // A relative path: the public name of this server may differ from the host that it sees.
  if (!hasPdf) return new Response(null, { status: 303, headers: { Location: `/manage/${token}/progress/letter` } });
  return new Response(await buildLetterPdf(text, { at: now, locale: practice.locale }), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment; filename="massage-so-far.pdf"',
      'Cache-Control': 'no-store',
    },
  });
}
