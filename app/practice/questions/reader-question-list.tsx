import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import type { ReaderQuestionView } from '@/db/questions/reader-questions';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { answerQuestionWithPage, dismissQuestion, reopenQuestion } from './actions';

interface Page {
  slug: string;
  question: string;
  isHidden: boolean;
}

/** What readers asked and reported, in their own words. */
export function ReaderQuestionList({
  questions: requested,
  pages,
  timeZone,
  locale,
}: {
  questions: ReaderQuestionView[];
  pages: Page[];
  timeZone: string;
  locale: string;
}) {
  if (requested.length === 0)
    return (
      <Notice tone="quiet" title="Nobody has asked anything yet">
        What readers send through “Ask us” and “Report an error” stands here.
      </Notice>
    );
  return (
    <ol className="border-b border-line">
      {requested.map((question) => (
        <li key={question.id} className="border-t border-line py-5 first:border-t-0 first:pt-0">
          <AskedRow question={question} pages={pages} timeZone={timeZone} locale={locale} />
        </li>
      ))}
    </ol>
  );
}

function AskedRow({
  question: requested,
  pages,
  timeZone,
  locale,
}: {
  question: ReaderQuestionView;
  pages: Page[];
  timeZone: string;
  locale: string;
}) {
  const format = (instant: number) =>
    `${formatDay(toWallTime(timeZone, instant).on, 'short', locale)}, ${formatTime(timeZone, instant, locale)}`;
  const isForHiddenPage =
    requested.kind === 'report' && pages.some(({ slug, isHidden }) => slug === requested.aboutSlug && isHidden);
  // Whoever reported it would be sent to a page that they cannot read.
  const canBeAnswered = !isForHiddenPage || requested.email === null;
  const stateText = requested.state === 'dismissed' ? 'Dismissed' : requested.kind === 'report' ? 'Fixed' : 'Answered';
  const who = [requested.name, requested.email].filter(Boolean).join(', ') || null;
  return (
    <>
      <p className="text-small text-soft">
        {requested.kind === 'report' ? 'Reported' : 'Asked'} {format(requested.createdAt)}
        {who === null ? ', without an address' : ' by '}
        <bdi>{who}</bdi>
      </p>
      {requested.aboutSlug && (
        <p className="text-small text-soft">
          On <PageLink slug={requested.aboutSlug} pages={pages} />
        </p>
      )}
      <p className="my-3 max-w-measure font-serif text-read wrap-anywhere whitespace-pre-line">{requested.words}</p>
      {requested.closedAt !== null && (
        <>
          <p className="text-small">
            <span className={requested.state === 'answered' ? 'font-medium text-euc' : 'font-medium'}>{stateText}</span>{' '}
            {format(requested.closedAt)}
            {requested.answeredSlug && (
              <>
                : <PageLink slug={requested.answeredSlug} pages={pages} />
              </>
            )}
          </p>
          {requested.answer && (
            <p className="mt-2 max-w-measure border-l-2 border-euc pl-4 wrap-anywhere whitespace-pre-line">
              {requested.answer}
            </p>
          )}
          <ActionForm action={reopenQuestion} className="mt-3">
            <input type="hidden" name="id" value={requested.id} />
            <input type="hidden" name="closedAt" value={requested.closedAt} />
            <Button kind="plain" slim aria-label={`Reopen: ${requested.words.slice(0, 60)}`}>
              Reopen
            </Button>
          </ActionForm>
        </>
      )}
      {requested.closedAt === null && canBeAnswered && (
        <ActionForm action={answerQuestionWithPage} className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="id" value={requested.id} />
          {requested.kind === 'report' ? (
            <input type="hidden" name="slug" value={requested.aboutSlug ?? ''} />
          ) : (
            <div className="min-w-0 flex-1 basis-72">
              <label htmlFor={`slug-${requested.id}`} className="mb-2 block text-small font-medium">
                Answered by
              </label>
              <select
                id={`slug-${requested.id}`}
                name="slug"
                required
                defaultValue=""
                className="min-h-11 w-full rounded border border-edge bg-sheet px-3 text-[0.9375rem] text-ink"
              >
                <option value="" disabled>
                  Choose a page
                </option>
                {pages
                  .filter(({ isHidden }) => !isHidden)
                  .map(({ slug, question }) => (
                    <option key={slug} value={slug}>
                      {question}
                    </option>
                  ))}
              </select>
            </div>
          )}
          <Button kind="plain" slim>
            {requested.kind === 'report'
              ? 'Mark as fixed'
              : pickTextByMailEnabled('Mark and write to them', 'Mark as answered')}
          </Button>
        </ActionForm>
      )}
      {requested.closedAt === null && !canBeAnswered && (
        <p className="text-small text-soft">
          Readers do not see this page while it is hidden. To write that it is fixed, show it again first.
        </p>
      )}
      {requested.closedAt === null && (
        <div className="mt-3 flex flex-wrap gap-3">
          {requested.kind === 'question' && (
            <ButtonLink kind="plain" slim href={`/practice/questions/${requested.id}`}>
              Answer in your own words
            </ButtonLink>
          )}
          <ActionForm action={dismissQuestion}>
            <input type="hidden" name="id" value={requested.id} />
            <Button kind="plain" slim aria-label={`Dismiss: ${requested.words.slice(0, 60)}`}>
              Dismiss
            </Button>
          </ActionForm>
        </div>
      )}
    </>
  );
}

function PageLink({ slug, pages }: { slug: string; pages: Page[] }) {
  const page = pages.find((known) => known.slug === slug);
  if (page && !page.isHidden) return <a href={`/questions/${slug}`}>{page.question}</a>;
  return page ? `${page.question} (hidden)` : slug;
}
