import type { Metadata } from 'next';
import { connection } from 'next/server';
import { loadBookingContext } from '@/app/book/booking-context';
import { bookingHref } from '@/app/book/booking-url';
import type { QueryParams } from '@/app/book/query-params';
import { listShownQuestions } from '@/app/questions/shown-questions';
import { Button } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { formatCadence } from '@/scheduling/formatting';
import { baseUrl } from '@/site-address';
import { buildFrameSnippet, buildLinkSnippet } from './html-snippets';
import { SnippetField } from './snippet-field';

export const metadata: Metadata = {
  title: 'Ready to book, on your site',
  description: 'A link into the booking, or a grid of regular times, to copy into a page of your own.',
  alternates: { canonical: '/embed' },
};

interface Props {
  searchParams: Promise<QueryParams>;
}

const asSuggested = { value: '', label: 'As the question suggests' };

export default async function EmbedPage({ searchParams }: Props) {
  await connection();
  const { question, type, cadence } = await searchParams;
  const { practice, offer, choice } = await loadBookingContext({ from: question, type, cadence }, Date.now());
  const query = bookingHref(choice, 'massage').replace(/^\/book\?|&step=massage$/g, '');
  const base = baseUrl();
  const questions = (await listShownQuestions()).map((question) => ({
    value: question.slug,
    label: question.question,
  }));
  const cadences = (['once', 'weekly', 'biweekly'] as const).map((value) => ({ value, label: formatCadence(value) }));
  const types = offer.services.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Shell practice={practice}>
      <PageHeader
        title="Ready to book, on your site"
        from="A club, a clinic, a blog: copy one of these into your page."
      />
      <Section id="choose" title="What it carries" open>
        <form action="/embed" className="grid max-w-[32rem] gap-5">
          <Choice
            name="question"
            label="Question"
            options={[{ value: '', label: 'None' }, ...questions]}
            chosen={choice.from ?? ''}
          />
          <Choice name="type" label="Massage" options={[asSuggested, ...types]} chosen={labelOf(type, types)} />
          <Choice
            name="cadence"
            label="How often"
            options={[asSuggested, ...cadences]}
            chosen={labelOf(cadence, cadences)}
          />
          <div>
            <Button kind="plain">Make the snippets</Button>
          </div>
        </form>
      </Section>
      <Section id="link" title="A link">
        <p className="mb-4">Works on every page, with nothing of ours running on it.</p>
        <SnippetField label="The link, to copy" text={buildLinkSnippet(`${base}/book?${query}`)} />
        <p className="mt-4">
          <a href={`/book?${query}`}>Follow it</a>
        </p>
      </Section>
      <Section id="frame" title="A grid of times">
        <p className="mb-4">
          Shows the regular times in a frame. It stays empty until the practice has listed your site: ask at{' '}
          <a href={`mailto:${practice.email}`}>{practice.email}</a>.
        </p>
        <SnippetField
          label="The frame, to copy"
          text={buildFrameSnippet(`${base}/embed/times?${query}`, `Regular times at ${practice.name}`)}
        />
        <p className="mt-4">
          <a href={`/embed/times?${query}`}>Look at it</a>
        </p>
      </Section>
    </Shell>
  );
}

interface Option {
  value: string;
  label: string;
}

/** The value in the address, if it is one of the options; otherwise empty. */
function labelOf(value: unknown, options: Option[]): string {
  return options.find((option) => option.value === value)?.value ?? '';
}

function Choice({ name, label, options, chosen }: { name: string; label: string; options: Option[]; chosen: string }) {
  return (
    <div className="min-w-0">
      <label htmlFor={name} className="mb-2 block text-small font-medium">
        {label}
      </label>
      <select
        id={name}
        name={name}
        defaultValue={chosen}
        className="min-h-11 w-full rounded border border-edge bg-sheet px-3 text-ui text-ink"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
