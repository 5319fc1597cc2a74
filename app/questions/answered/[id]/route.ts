import { NextResponse } from 'next/server';
import { findAnswerPage } from '@/db/questions/reader-questions';
import { getQuestion } from '@/questions/library';

// The link in the e-mail to whoever asked. It redirects to the page with the answer, so the e-mail does not name that
// page.
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const slug = await findAnswerPage((await params).id);
  const isThere = slug !== null && getQuestion(slug) !== null;
  // A relative path: the public name of this server may differ from the host that it sees.
  return new NextResponse(null, { status: 303, headers: { Location: isThere ? `/questions/${slug}` : '/questions' } });
}
