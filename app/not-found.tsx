import type { Metadata } from 'next';
import { ButtonLink } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';

export const metadata: Metadata = { title: { absolute: 'There is no such page' }, robots: { index: false } };

// Next draws this along with every page, cached ones too, so it must read neither the request nor the database.
export default function NotFound() {
  return (
    <Shell practice={null}>
      <PageHeader
        title="There is no such page"
        from="The address may be mistyped, or a booking link may have been cut in two by a mail program. Copy the whole link from your mail."
      >
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink href="/questions">See all questions</ButtonLink>
          <ButtonLink href="/book" kind="plain">
            Book a massage
          </ButtonLink>
          <ButtonLink href="/manage" kind="plain">
            Have your link sent again
          </ButtonLink>
        </div>
      </PageHeader>
    </Shell>
  );
}
