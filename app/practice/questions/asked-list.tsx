import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { AskedView } from '@/db/questions/asked-questions';
import { sayDay, sayTime } from '@/scheduling/wording';
import { toWall } from '@/scheduling/zone';
import { answer } from './actions';

interface Page {
  slug: string;
  question: string;
}

/** What readers asked and reported, in their own words. */
export function AskedList({
  asked,
  pages,
  timeZone,
  locale,
}: {
  asked: AskedView[];
  pages: Page[];
  timeZone: string;
  locale: string;
}) {
  if (asked.length === 0)
    return (
      <Notice tone="quiet" title="Nobody has asked anything yet">
        What readers send through “Ask us” and “Report an error” stands here.
      </Notice>
    );
  return (
    <ol className="border-b border-line">
      {asked.map((one) => (
        <li key={one.id} className="border-t border-line py-5 first:border-t-0 first:pt-0">
          <AskedRow one={one} pages={pages} timeZone={timeZone} locale={locale} />
        </li>
      ))}
    </ol>
  );
}

function AskedRow({
  one,
  pages,
  timeZone,
  locale,
}: {
  one: AskedView;
  pages: Page[];
  timeZone: string;
  locale: string;
}) {
  const say = (instant: number) =>
    `${sayDay(toWall(timeZone, instant).on, 'short', locale)}, ${sayTime(timeZone, instant, locale)}`;
  const titleOf = (slug: string | null) => pages.find((page) => page.slug === slug)?.question ?? slug;
  const who = [one.name, one.email].filter(Boolean).join(', ') || 'no address given';
  return (
    <>
      <p className="text-small text-soft">
        {one.kind === 'report' ? 'Reported' : 'Asked'} {say(one.createdAt)} by <bdi>{who}</bdi>
      </p>
      {one.aboutSlug && (
        <p className="text-small text-soft">
          On <a href={`/questions/${one.aboutSlug}`}>{titleOf(one.aboutSlug)}</a>
        </p>
      )}
      <p className="my-3 max-w-measure font-serif text-read wrap-anywhere whitespace-pre-line">{one.words}</p>
      {one.answeredAt !== null ? (
        <p className="text-small">
          <span className="font-medium text-euc">{one.kind === 'report' ? 'Mended' : 'Answered'}</span>{' '}
          {say(one.answeredAt)}: <a href={`/questions/${one.answeredSlug}`}>{titleOf(one.answeredSlug)}</a>
        </p>
      ) : (
        <ActionForm action={answer} className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="id" value={one.id} />
          {one.kind === 'report' ? (
            <input type="hidden" name="slug" value={one.aboutSlug ?? ''} />
          ) : (
            <div className="min-w-0 flex-1 basis-72">
              <label htmlFor={`slug-${one.id}`} className="mb-2 block text-small font-medium">
                Answered by
              </label>
              <select
                id={`slug-${one.id}`}
                name="slug"
                required
                defaultValue=""
                className="min-h-11 w-full rounded border border-edge bg-sheet px-3 text-[0.9375rem] text-ink"
              >
                <option value="" disabled>
                  Choose a page
                </option>
                {pages.map(({ slug, question }) => (
                  <option key={slug} value={slug}>
                    {question}
                  </option>
                ))}
              </select>
            </div>
          )}
          <Button kind="plain" slim>
            {one.kind === 'report' ? 'Mark as mended' : 'Mark and write to them'}
          </Button>
        </ActionForm>
      )}
    </>
  );
}
