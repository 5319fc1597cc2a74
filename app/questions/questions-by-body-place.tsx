import { BodyDrawing, type LinkedBodyAreas } from '@/components/body-drawing';
import { Section } from '@/components/section';
import type { Question } from '@/questions/library';

// The index of questions by place on the body, from the head down, with the pages about each place. A place in the
// picture links to its only page, or to its pages in the list beside it, which names every place.

const places: { name: string; areas: string[] }[] = [
  { name: 'Head and jaw', areas: ['face', 'back of head'] },
  { name: 'Neck', areas: ['back of neck'] },
  { name: 'Shoulder', areas: ['back of shoulder', 'front of shoulder', 'upper back'] },
  { name: 'Elbow', areas: ['back of forearm'] },
  { name: 'Lower back', areas: ['lower back'] },
  { name: 'Buttock and thigh', areas: ['buttock', 'sit bone', 'back of thigh', 'front of thigh'] },
  { name: 'Knee', areas: ['knee'] },
  { name: 'Calf, heel and foot', areas: ['calf', 'heel', 'foot'] },
];

/** The groups of pages that are not about one place, which the picture cannot show. */
const elsewhere = ['Whole body', 'Muscles after sport', 'Mind and sleep'];

type Indexed = Pick<Question, 'slug' | 'question' | 'where' | 'shelf' | 'topic'>;

/** The places with at least one shown page, each with its pages. */
export function groupQuestionsByBodyPlace(questions: Indexed[]): { name: string; areas: string[]; pages: Indexed[] }[] {
  const about = questions.filter(({ shelf, topic }) => shelf === 'where it hurts' && !elsewhere.includes(topic));
  const found = places.map((place) => ({
    ...place,
    pages: about.filter(({ where }) => where.hurts.some((area) => place.areas.includes(area))),
  }));
  const others = elsewhere.map((name) => ({
    name,
    areas: [],
    pages: questions.filter(({ topic }) => topic === name),
  }));
  return [...found, ...others].filter(({ pages }) => pages.length > 0);
}

/** Links to the only page of a place, or to its pages in the list. */
function linkTo({ name, areas, pages }: ReturnType<typeof groupQuestionsByBodyPlace>[number]): LinkedBodyAreas {
  const [page, ...others] = pages;
  return others.length === 0
    ? { href: `/questions/${page!.slug}`, label: `${name}: ${page!.question}`, areas }
    : { href: `#${placeId(name)}`, label: `${name}: ${pages.length} questions`, areas };
}

function placeId(name: string): string {
  return `place-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`;
}

/** The index by where it hurts, for the first page and the page of all questions. */
export function QuestionsByBodyPlaceSection({ questions }: { questions: Indexed[] }) {
  return (
    <Section
      id="body"
      title="Where does it hurt?"
      aside="Each page says what massage can do there, how sure we are, and when to see a doctor first."
      open
    >
      <BodyIndex questions={questions} />
    </Section>
  );
}

/** Where it hurts: a body seen from both sides, and the same as a list. */
function BodyIndex({ questions }: { questions: Indexed[] }) {
  const found = groupQuestionsByBodyPlace(questions);
  const areas = found.flatMap((place) => place.areas);
  const lookOf = (name: string) => (areas.includes(name) ? ('worked' as const) : undefined);
  const links = found.filter(({ areas }) => areas.length > 0).map(linkTo);
  const description = `Pages are about: ${found.map(({ name }) => name.toLowerCase()).join(', ')}.`;
  return (
    <div className="@container">
      <div className="grid gap-x-12 gap-y-6 mid:grid-cols-[auto_minmax(0,1fr)]">
        <div className="flex items-start gap-5 print:hidden">
          <BodyDrawing
            id="index-back"
            view="back"
            title="The body from behind"
            {...{ description, lookOf, links }}
            className="w-32 @min-[50rem]:w-40"
          />
          <BodyDrawing
            id="index-front"
            view="front"
            title="The body from the front"
            {...{ description, lookOf, links }}
            className="w-32 @min-[50rem]:w-40"
          />
        </div>
        <dl className="grid content-start gap-x-10 @min-[50rem]:grid-cols-2">
          {found.map(({ name, pages }) => (
            <div key={name} id={placeId(name)} className="scroll-mt-6 border-t border-line py-2.5 target:bg-fill-most">
              <dt className="font-medium">{name}</dt>
              {pages.map(({ slug, question }) => (
                <dd key={slug}>
                  <a href={`/questions/${slug}`} className="inline-flex min-h-11 items-center text-small">
                    {question}
                  </a>
                </dd>
              ))}
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
