import type { Metadata } from 'next';
import { connection } from 'next/server';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import {
  CadenceBasis,
  type CadenceBasisKind,
  describeEvidenceGrade,
  EvidenceGradeLabel,
} from '@/components/evidence-grade';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { evidenceGrades } from '@/questions/front-matter';

export const metadata: Metadata = {
  title: 'How we grade',
  description: 'What the five grades mean, where a suggested rhythm comes from, and what we leave out.',
  alternates: { canonical: '/questions/how-we-grade' },
};

const gradeRequirements: Record<(typeof evidenceGrades)[number], string> = {
  strong: 'They are large and careful, and a new one would hardly change the answer.',
  moderate: 'They are small, short or flawed. A new one could change the size of the gain.',
  limited: 'What there is leans one way. A new trial could turn it round.',
  'very limited': 'The answer leans on what is known close by.',
  conflicting: 'Some find a gain and others find none, and nobody can yet say why.',
};

const sources: Record<CadenceBasisKind, string> = {
  trial: 'A trial used this kind, length or rhythm for this very problem.',
  extrapolated: 'A trial used it for something else. It may not carry over.',
  none: 'Nobody has tested it. It is a fair trial period, to judge by your own score.',
};

export default async function HowWeGradePage() {
  await connection();
  const practice = await getPractice();
  return (
    <Shell practice={practice} current="questions">
      <PageHeader
        title="How we grade"
        crumbs={[{ href: '/questions', label: 'Questions' }]}
        from="A grade is our own judgement of the studies we read. No authority gave it."
      />
      <Section id="grades" title="How sure we are" aside="Bars and a word. The colour means nothing.">
        <DescriptionList className="max-mid:[&>div]:grid-cols-[7.75rem_minmax(0,1fr)]!">
          {evidenceGrades.map((grade) => (
            <DescriptionItem
              key={grade}
              label={
                <span className="text-ui text-ink">
                  <EvidenceGradeLabel grade={grade} />
                </span>
              }
              reading
            >
              {describeEvidenceGrade(grade)}. <span className="text-soft">{gradeRequirements[grade]}</span>
            </DescriptionItem>
          ))}
        </DescriptionList>
      </Section>
      <Section id="benefit" title="How much it helps">
        <div className="grid max-w-measure gap-4 font-serif text-read">
          <p>
            This is a second line, and a separate one. We can be sure that something helps a little. We can be unsure
            about something that might help a lot.
          </p>
          <p>
            Where a trial measured it, we give the number, the scale and how many people took part. Where none did, we
            write “Not known”.
          </p>
        </div>
      </Section>
      <Section id="bases" title="Where a rhythm comes from">
        <DescriptionList>
          {(['trial', 'extrapolated', 'none'] as const).map((basis) => (
            <DescriptionItem key={basis} label={<CadenceBasis basis={basis} />} reading>
              {sources[basis]}
            </DescriptionItem>
          ))}
        </DescriptionList>
      </Section>
      <Section id="rules" title="Our rules">
        <ul className="grid max-w-measure list-disc gap-3 pl-5 font-serif text-read marker:text-soft">
          <li>Every sentence of evidence names its source. A claim without one is left out.</li>
          <li>Every page shows at least one finding that speaks against massage, or says that we found none.</li>
          <li>Reviews and guidelines come before single trials, and trials before opinions.</li>
          <li>Warnings are shown even where they rest on common clinical sense alone. We mark those.</li>
          <li>
            A source gets a link only once we have opened it, or read a copy of its page. Then the day of reading stands
            beside it.
          </li>
          <li>A page is read again within a year. If we are late, the page says so.</li>
        </ul>
      </Section>
      <Section id="interest" title="What we gain">
        <div className="grid max-w-measure gap-4 font-serif text-read">
          <p>
            We sell massage, so we gain when you book. That is why each page says when not to, names other choices, and
            asks you to stop after four sessions if your score has not moved.
          </p>
          <p>
            <a href="/questions/who-writes-this">Who writes this</a>
          </p>
        </div>
      </Section>
    </Shell>
  );
}
