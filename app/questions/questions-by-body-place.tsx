import { BodyDrawing, type LinkedBodyAreas } from '@/components/body-drawing';
import { Section } from '@/components/section';
import type { Question } from '@/questions/library';

// The body as the way in: the places that pages are about, from the head down, with the page or pages of each. A place on
// the picture leads to its page, or to its pages in the list beside it, which holds every place as words.

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

/** Pages about no one place, which the picture cannot show. */
const elsewhere = ['Whole body', 'Muscles after sport', 'Mind and sleep'];

type Indexed = Pick<Question, 'slug' | 'question' | 'where' | 'shelf' | 'topic'>;

/** The places that the shown pages are about, each with its pages. */
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

/** The one page of a place, or its pages in the list. */
function linkTo({ name, areas, pages }: ReturnType<typeof groupQuestionsByBodyPlace>[number]): LinkedBodyAreas {
  const [page, ...others] = pages;
  return others.length === 0
    ? { href: `/questions/${page!.slug}`, label: `${name}: ${page!.question}`, areas }
    : { href: `#${placeId(name)}`, label: `${name}: ${pages.length} questions`, areas };
}

function placeId(name: string): string {
  return `place-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`;
}

/** The way in by where it hurts, for the first page and that of all questions. */
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

/** Where it hurts, on a body seen from both sides, and as a list. */
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
