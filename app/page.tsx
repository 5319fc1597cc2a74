import { headers } from 'next/headers';
import { connection } from 'next/server';
import { ButtonLink } from '@/components/button';
import { PhoneLink } from '@/components/contact-phrase';
import { directionsHref } from '@/components/directions-href';
import { Section } from '@/components/section';
import { SeriesAvailabilityLine } from '@/components/series-availability-line';
import { Shell } from '@/components/shell';
import { getPractice, listPracticeHolidays } from '@/db/practice/practice';
import { type ActiveService, listServices } from '@/db/practice/services';
import { getWeeklyHoursOn } from '@/db/practice/therapist-hours';
import { listTherapists } from '@/db/practice/therapists';
import { formatMoney } from '@/scheduling/format-money';
import { joinOpeningHours } from '@/scheduling/opening-hours';
import { loadNextTimes } from './first-page/load-next-times';
import { NextFreeTimes } from './first-page/next-free-times';
import { OpeningHoursTable } from './first-page/opening-hours-table';
import { TeamList } from './first-page/team-list';
import { QuestionRows } from './questions/question-rows';
import { groupQuestionsByBodyPlace, QuestionsByBodyPlaceSection } from './questions/questions-by-body-place';
import { isOrderedByOwner, listShownQuestions } from './questions/shown-questions';

// The questions that most often bring a first visit, with their grades; the others are listed below them.
const firstQuestions = ['hamstring-tendinopathy', 'low-back-pain', 'sciatica', 'neck-pain', 'is-massage-safe'];

export default async function HomePage() {
  await connection();
  const [practice, services, team, holidays, times] = await Promise.all([
    getPractice(),
    listServices(),
    listTherapists(),
    listPracticeHolidays(),
    loadNextTimes(Date.now()),
  ]);
  const therapists = team.filter(({ services: offered }) => offered.length > 0);
  const weeks = await getWeeklyHoursOn(
    therapists.map(({ id }) => id),
    times.today,
  );
  const questions = await listShownQuestions();
  const shown = (await isOrderedByOwner())
    ? questions.slice(0, firstQuestions.length)
    : firstQuestions.flatMap((slug) => questions.find((question) => question.slug === slug) ?? []);
  const onTheBody = groupQuestionsByBodyPlace(questions).flatMap(({ pages }) => pages.map(({ slug }) => slug));
  const rest = questions.filter((question) => !shown.includes(question) && !onTheBody.includes(question.slug));
  const userAgent = (await headers()).get('user-agent');
  const price = (cents: number) => formatMoney(cents, practice.currency, practice.locale);
  return (
    <Shell practice={practice} bleed long>
      <div className="wide grid gap-10 pt-10 pb-12 wide:grid-cols-[minmax(0,1fr)_23.75rem] wide:gap-x-16 wide:pt-16 wide:pb-20">
        <div>
          <h1 className="wide:max-w-[15em]">Book the same massage time every week</h1>
          <p className="mt-5 max-w-[34em] font-serif text-stand tracking-[-0.006em] text-pretty">
            Read what massage can and cannot do. Then choose one regular time for all your sessions, and see every date
            before you book.
          </p>
          <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-3">
            <ButtonLink href="/book" broad>
              Book a massage
            </ButtonLink>
            <a href="/questions" className="inline-flex min-h-11 items-center">
              Start with a question
            </a>
          </div>
        </div>
        <NextFreeTimes times={times} services={services} practice={practice} />
      </div>
      <div className="bg-sand dark:[--line:#3a423d]">
        <div className="wide">
          <QuestionsByBodyPlaceSection questions={questions} />
        </div>
      </div>
      <div className="wide">
        <Section id="questions" title="Most asked" aside="The mark at each says how strong the evidence is." open>
          <div className="-mt-4">
            <QuestionRows questions={shown} />
            <ul className="grid gap-x-8 border-t border-line pt-3 wide:grid-cols-2">
              {rest.map(({ slug, question }) => (
                <li key={slug}>
                  <a href={`/questions/${slug}`} className="inline-flex min-h-11 items-center py-1.5">
                    {question}
                  </a>
                </li>
              ))}
            </ul>
            <p className="mt-3 border-t border-line pt-3">
              <a href="/questions" className="inline-flex min-h-11 items-center">
                All questions, and a search
              </a>
            </p>
          </div>
        </Section>
        <Section id="how" title="How it works">
          <ol className="grid gap-6 wide:grid-cols-3 wide:gap-8">
            <Step number={1} title="Say what, and how often">
              Once, every week or every 2 weeks. One session, or up to {practice.maxSessions}.
            </Step>
            <Step number={2} title="Choose a time that fits them all">
              <span className="my-2.5 block max-w-[15rem] text-euc">
                <SeriesAvailabilityLine line={[6, 1, 1]} />
              </span>
              Each hour says how many of your dates are free. “7 of 8” means that one clashes.
            </Step>
            <Step number={3} title="See every date first">
              Change or skip any date that is taken. Then we book them all together.
            </Step>
          </ol>
        </Section>
        <Section id="massages" title="The massages" aside="Start with the first if you are not sure.">
          <ul>
            {services.map((service) => (
              <Massage key={service.id} service={service} price={price} />
            ))}
          </ul>
        </Section>
        <Section id="people" title="Who you come to" open>
          <TeamList {...{ therapists, services, weeks, times }} locale={practice.locale} />
        </Section>
        <Section id="find" title="Hours and address">
          <div className="grid gap-x-10 gap-y-8 wide:grid-cols-2">
            <OpeningHoursTable
              hours={joinOpeningHours([...weeks.values()])}
              holidays={holidays}
              today={times.today}
              locale={practice.locale}
            />
            <div>
              <p className="font-serif text-read">
                {practice.name}
                {practice.address && (
                  <>
                    <br />
                    {practice.address}
                  </>
                )}
              </p>
              <p className="mt-2 flex flex-wrap gap-x-6">
                {practice.phone && (
                  <PhoneLink
                    shown={practice.phone}
                    link={practice.phoneLink}
                    className="inline-flex min-h-11 items-center"
                  />
                )}
                {practice.address && (
                  <a
                    href={directionsHref(practice, userAgent)}
                    rel="noreferrer"
                    className="inline-flex min-h-11 items-center"
                  >
                    Directions
                  </a>
                )}
              </p>
            </div>
          </div>
        </Section>
      </div>
    </Shell>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: React.ReactNode }) {
  return (
    <li className="border-t border-edge pt-3">
      <h3>
        <span className="mr-2 text-soft">{number}</span>
        {title}
      </h3>
      <div className="mt-1 text-soft">{children}</div>
    </li>
  );
}

function Massage({ service, price }: { service: ActiveService; price: (cents: number) => string }) {
  return (
    <li className="grid gap-x-8 gap-y-2 border-t border-line py-5 first:border-t-0 first:pt-0 wide:grid-cols-[10rem_minmax(0,1fr)] wide:items-baseline">
      <h3>
        {service.booking === 'phone' ? (
          <span className="inline-flex min-h-11 items-center">{service.name}</span>
        ) : (
          <a href={`/book?type=${service.id}`} className="inline-flex min-h-11 items-center text-ink hover:text-ink">
            {service.name}
          </a>
        )}
      </h3>
      <div>
        <p className="max-w-measure font-serif text-read">{service.summary}</p>
        <dl className="mt-2 grid slim:grid-cols-[5rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-small">
          {service.suits && (
            <>
              <dt className="text-soft">Suits</dt>
              <dd>{service.suits}</dd>
            </>
          )}
          <dt className="text-soft">Price</dt>
          <dd className="flex flex-wrap gap-x-5">
            {service.lengths.map(({ minutes, priceCents }) => (
              <span key={minutes}>
                {minutes} min {price(priceCents)}
              </span>
            ))}
            {service.booking === 'phone' && <span>Booked by phone</span>}
          </dd>
        </dl>
      </div>
    </li>
  );
}
