import { loadLetter } from '@/app/manage/[token]/progress/letter/load-letter';
import { letterPdf } from './pdf';

export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { managed, text } = await loadLetter(params);
  const { now, practice } = managed;
  return new Response(await letterPdf(text, { at: now, locale: practice.locale }), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment; filename="massage-so-far.pdf"',
      'Cache-Control': 'no-store',
    },
  });
}
