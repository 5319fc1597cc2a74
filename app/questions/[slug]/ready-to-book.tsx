import type { ReactNode } from 'react';
import { formatLowestTotalCostForOne, formatMassagesLeftOut } from '@/app/book/booking-wording';
import { ButtonLink } from '@/components/button';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { CadenceBasis } from '@/components/evidence-grade';
import type { Question } from '@/questions/library';
import type { Cadence } from '@/scheduling/cadence';
import { capitalizeFirstLetter, formatAllOf, formatNumberInWords } from '@/scheduling/count-wording';
import { formatCadence } from '@/scheduling/formatting';
import { type MassageWithPrices, toBookablePlan } from './bookable-plan';

interface Props {
  question: Question;
  offers: MassageWithPrices[];
  currency: string;
  locale: string;
}

/**
 * "6 weekly sessions, €426": stays in view while the page scrolls, and links straight to the times. `site` is the
 * address printed on paper.
 */
export function BookingBar({ question, offers, currency, locale, site }: Props & { site: string }) {
  const plan = { ...question.plan, ...toBookablePlan(question.plan, offers) };
  const sessions = plan.massages.length;
  const cost = formatCost(plan, { offers, currency, locale });
  const often = { once: '', weekly: 'weekly ', biweekly: 'two-weekly ' }[plan.cadence];
  return (
    <aside aria-label="This page’s plan" className="booking-bar border-t border-ink bg-sheet print:break-inside-avoid">
      <div className="wide grid items-center gap-x-4 gap-y-2 py-2.5 slim:grid-cols-[minmax(0,1fr)_auto]">
        <p>
          <b className="block font-serif text-item font-normal">
            {sessions} {often}session{sessions === 1 ? '' : 's'}
            {cost && `, ${cost}`}
          </b>
          <span className="hidden text-small text-soft mid:block print:block">
            {describeMassages(plan.massages, offers)}, {plan.minutes} minutes. Pay at each visit.
            <span className="hidden print:inline">
              {' '}
              See times: {site}/questions/{question.slug}
            </span>
          </span>
        </p>
        <span className="print:hidden">
          <ButtonLink href={questionPlanHref({ slug: question.slug, plan })}>See times</ButtonLink>
        </span>
      </div>
    </aside>
  );
}

/**
 * The page's only button. It takes the question's plan into the booking, as far as this practice offers it; there every
 * value can be changed.
 */
export function ReadyToBook(props: Props) {
  const { plan: suggested, slug } = props.question;
  const onSale = toBookablePlan(suggested, props.offers);
  const plan = { ...suggested, ...onSale };
  const sessions = plan.massages.length;
  const cost = formatCost(plan, props);
  const price = cost && `, ${cost}${sessions > 1 ? ' in total' : ''}`;
  const cadence = formatCadence(plan.cadence);
  return (
    <section
      aria-labelledby="ready"
      className="-mx-(--gutter) rounded bg-sand px-(--gutter) py-5 wide:mx-0 wide:grid wide:grid-cols-[minmax(0,1fr)_minmax(0,25rem)] wide:gap-x-18 wide:px-10 wide:py-7 dark:[--line:#3a423d] print:hidden"
    >
      <div className="wide:col-start-1">
        <h2 id="ready" className="font-sans text-[0.9375rem] leading-5 font-medium tracking-normal text-soft">
          Ready to book
        </h2>
        <p className="mt-1 mb-4 font-serif text-[1.625rem] leading-8 tracking-[-0.012em] text-balance wide:mt-2 wide:text-[2.125rem] wide:leading-10">
          {onSale && onSale.missing.length > 0
            ? `${capitalizeFirstLetter(describeMassages(plan.massages, props.offers))}. ${capitalizeFirstLetter(cadence)}${sessions > 1 ? `, ${formatNumberInWords(sessions)} times` : ''}.`
            : suggested.said}
        </p>
      </div>
      <DescriptionList className="mb-4 [&>div]:py-2 border-y border-line wide:col-start-2 wide:row-span-2 wide:row-start-1 wide:mb-0 wide:content-center wide:border-y-0">
        <DescriptionItem label="Massage">
          {describeMassages(plan.massages, props.offers)}
          {onSale && onSale.missing.length > 0 && (
            <Aside>The page suggests {formatMassagesLeftOut(onSale.missing)}.</Aside>
          )}
        </DescriptionItem>
        <DescriptionItem label="Length">
          {plan.minutes} minutes
          {onSale?.isOtherLength && (
            <Aside>The page suggests {suggested.minutes}, which cannot be booked online here.</Aside>
          )}
        </DescriptionItem>
        <DescriptionItem label="How often">
          {capitalizeFirstLetter(cadence)} <CadenceBasis basis={plan.basis} />
        </DescriptionItem>
        <DescriptionItem label="How many">
          {sessions} session{sessions === 1 ? '' : 's'}
          {price}
        </DescriptionItem>
      </DescriptionList>
      <div className="grid justify-items-start gap-2 wide:col-start-1 wide:row-start-2">
        <ButtonLink href={questionPlanHref({ slug, plan })} broad>
          <span className="sr-only">Ready to book: </span>
          {sessions === 1 ? 'Find a time' : `Find a time that fits ${formatAllOf(sessions)}`}
        </ButtonLink>
        <p className="text-small text-soft">You can change any of this on the next page.</p>
      </div>
    </section>
  );
}

function Aside({ children }: { children: ReactNode }) {
  return <span className="mt-1 block text-small text-soft">{children}</span>;
}

interface BookedPlan {
  slug: string;
  plan: { massages: string[]; minutes: number; cadence: Cadence };
}

/** Links straight to the times: the page has chosen the rest, and the times link back to it. */
export function questionPlanHref({ slug, plan }: BookedPlan): string {
  const isLadder = new Set(plan.massages).size > 1;
  const facts = new URLSearchParams({
    type: plan.massages[0]!,
    minutes: String(plan.minutes),
    cadence: plan.cadence,
    sessions: String(plan.massages.length),
    from: slug,
  });
  // The commas of a ladder stay readable in the address.
  const ladder = isLadder ? `&ladder=${plan.massages.join(',')}` : '';
  return `/book?${facts}${ladder}&step=time`;
}

/** 'from €426', as the page of times says it; empty where the plan cannot be booked online as it is. */
function formatCost(plan: { massages: string[]; minutes: number }, props: Omit<Props, 'question'>): string {
  const { offers, currency, locale } = props;
  const { massages, minutes } = plan;
  const isSold = massages.every((id) =>
    offers.find((offer) => offer.id === id)?.lengths.some((length) => length.minutes === minutes),
  );
  if (!isSold) return '';
  const ofAnybody = { ladder: massages, minutes, therapistId: null };
  return formatLowestTotalCostForOne(ofAnybody, { services: offers }, { currency, locale });
}

/** "3 Swedish, then 3 sports": consecutive sessions of one massage, in order. */
function describeMassages(massages: string[], offers: MassageWithPrices[]): string {
  const runs: { id: string; count: number }[] = [];
  for (const id of massages) {
    const last = runs.at(-1);
    if (last?.id === id) last.count += 1;
    else runs.push({ id, count: 1 });
  }
  const text = runs.map(({ id, count }) => {
    const name = offers.find((offer) => offer.id === id)?.name ?? id.replaceAll('-', ' ');
    return runs.length === 1 ? name : `${count} ${name === 'Swedish' ? name : name.toLowerCase()}`;
  });
  return text.join(', then ');
}
