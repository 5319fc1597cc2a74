import { NextResponse } from 'next/server';
import { findAnswerPage } from '@/db/questions/reader-questions';
import { getQuestion } from '@/questions/library';

// The link in the mail to whoever asked: the page that answers, without its name in the mail.
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const slug = await findAnswerPage((await params).id);
  const isThere = slug !== null && getQuestion(slug) !== null;
  // A plain path: this server may be known by another name than the one it hears.
  return new NextResponse(null, { status: 303, headers: { Location: isThere ? `/questions/${slug}` : '/questions' } });
}
