import type { BookingContext } from '@/app/book/booking-context';
import { CadenceBasis } from '@/components/evidence-grade';
import { PageHeader } from '@/components/page-header';
import { PlanForm } from './plan-form';

export function MassageStep({ booking }: { booking: BookingContext }) {
  const { offer, choice, practice, question } = booking;
  const from = question && choice.from && (
    <>
      From{' '}
      <b>
        <a href={`/questions/${question.slug}`} className="text-ink">
          {question.question}
        </a>
      </b>{' '}
      We filled in what that page suggests. Change anything.
    </>
  );
  return (
    <>
      <PageHeader title="Which massage, and how often?" from={from} />
      <PlanForm
        offer={offer}
        choice={choice}
        money={{ currency: practice.currency, locale: practice.locale }}
        basis={question && <CadenceBasis basis={question.plan.basis} />}
      />
    </>
  );
}
