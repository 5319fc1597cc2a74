import type { Metadata } from 'next';
import { ButtonLink } from '@/components/button';
import { NoPdfNote } from '@/components/no-pdf-note';
import { PageHeader } from '@/components/page-header';
import { PrintButton } from '@/components/print-button';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { loadLetter } from './load-letter';

export const metadata: Metadata = { title: 'For your doctor or physiotherapist', robots: { index: false } };

/** To print, or to save as a PDF: the client decides who gets it. */
export default async function LetterPage({ params }: { params: Promise<{ token: string }> }) {
  const { managed, text, hasPdf } = await loadLetter(params);
  const { practice, token } = managed;
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title={text.title}
        crumbs={[
          { href: `/manage/${token}`, label: 'Your dates' },
          { href: `/manage/${token}/progress`, label: 'Is it helping?' },
        ]}
      >
        {text.from.map((line) => (
          <p key={line} className="mt-2 max-w-[40rem] wrap-anywhere">
            <bdi>{line}</bdi>
          </p>
        ))}
        <div className="mt-6 flex flex-wrap gap-3 print:hidden">
          {hasPdf && (
            <ButtonLink kind="plain" href={`/manage/${token}/progress/letter.pdf`} download>
              Save as PDF
            </ButtonLink>
          )}
          <PrintButton />
        </div>
        {!hasPdf && <NoPdfNote />}
        <p className="mt-4 max-w-[36rem] text-small text-soft print:hidden">
          For a physiotherapist or a doctor, if you want to show it. We send it to nobody.
        </p>
      </PageHeader>
      {text.why.length > 0 && (
        <Section title="Why">
          {text.why.map((line) => (
            <p key={line} className="mb-2 max-w-[40rem] wrap-anywhere whitespace-pre-line last:mb-0">
              <bdi>{line}</bdi>
            </p>
          ))}
        </Section>
      )}
      <Section title="What was done">
        {text.done.length === 0 ? (
          <p>No session yet.</p>
        ) : (
          <ol className="max-w-[46rem]">
            {text.done.map((line) => (
              <li key={line} className="border-b border-line py-2 print:break-inside-avoid print:py-0.5">
                {line}
              </li>
            ))}
          </ol>
        )}
      </Section>
      <Section title="What the scores say">
        <p className="font-medium">{text.verdict.title}</p>
        <p className="mt-1 max-w-[38rem]">{text.verdict.text}</p>
        <p className="mt-2 max-w-[38rem]">{text.verdict.comparison}</p>
      </Section>
      {text.scores.length > 0 && (
        <Section title="The scores">
          <table className="w-full max-w-[46rem] border-collapse text-small">
            <thead>
              <tr className="border-b border-line text-soft [&_th]:py-2 [&_th]:pr-2 [&_th]:font-normal">
                <th scope="col" className="text-left">
                  When
                </th>
                <th scope="col" className="text-right">
                  Usual
                </th>
                <th scope="col" className="text-right">
                  Worst
                </th>
                <th scope="col" className="pr-0! text-right">
                  Change
                </th>
              </tr>
            </thead>
            <tbody>
              {text.scores.map(([when, on, usual, worst, change]) => (
                <tr
                  key={`${when} ${on}`}
                  className="border-b border-line tabular-nums print:break-inside-avoid [&_td]:py-2 [&_td]:text-right [&_td]:not-last:pr-2 print:[&_td]:py-0.5"
                >
                  <th scope="row" className="py-2 pr-2 text-left font-normal print:py-0.5">
                    {when} <span className="text-soft">{on}</span>
                  </th>
                  <td>{usual}</td>
                  <td>{worst}</td>
                  <td>{change}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
      <Section title="What to know about it">
        {text.notes.map((line) => (
          <p key={line} className="mb-2 max-w-[40rem] text-small text-soft last:mb-0">
            {line}
          </p>
        ))}
      </Section>
    </Shell>
  );
}
