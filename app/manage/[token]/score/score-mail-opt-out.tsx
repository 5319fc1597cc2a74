import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Section } from '@/components/section';
import { optOutOfScoreMailByLink } from './actions';

/** One press stops all e-mails that ask for a score. */
export function ScoreMailOptOut({ token, hasStopped }: { token: string; hasStopped: boolean }) {
  return (
    <Section id="stop" title="These e-mails">
      {hasStopped ? (
        <p className="max-w-[36rem] text-small text-soft">
          You asked us not to write about this any more, and we do not. You can still note a score here.
        </p>
      ) : (
        <ActionForm action={optOutOfScoreMailByLink} className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <input type="hidden" name="token" value={token} />
          <Button kind="plain" slim>
            Do not ask me again
          </Button>
          <p className="max-w-[26rem] text-small text-soft">You will still get e-mails about the dates.</p>
        </ActionForm>
      )}
    </Section>
  );
}
