import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ImageResponse } from 'next/og';
import { getQuestion } from '@/questions/library';
import { listQuestionSlugs } from '@/questions/list-question-slugs';
import { PreviewImage } from './preview-image';

// The image contains no practice and no price, so all images are drawn when the site is built, and none for an unknown
// slug.
export const dynamic = 'force-static';
export const dynamicParams = false;

export function generateStaticParams(): { slug: string }[] {
  return listQuestionSlugs().map((slug) => ({ slug }));
}

export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const question = getQuestion((await params).slug);
  if (!question) return new Response(null, { status: 404 });
  const [inter, serif] = await Promise.all([face('inter-500'), face('source-serif-4-400')]);
  return new ImageResponse(
    <PreviewImage question={question.question} topic={question.topic} grade={question.grade} />,
    {
      width: 1200,
      height: 630,
      fonts: [
        { name: 'Inter', data: inter, weight: 400 },
        { name: 'Source Serif', data: serif, weight: 400 },
      ],
    },
  );
}

function face(name: string): Promise<Buffer> {
  return readFile(path.join(process.cwd(), 'app', 'fonts', `${name}.ttf`));
}
