import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { sendOrDropOldMailOfForm } from './actions';

/** Mail from before there was a mail server: weeks of it are sent only if the practice wants that. */
export function UnsentOldMailNotice({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Notice tone="quiet" title={count === 1 ? '1 e-mail is older than a day' : `${count} e-mails are older than a day`}>
      <p>
        It was never sent, and does not go by itself. Each stands below, as it would be written now: send or leave one,
        or all of them here.
      </p>
      <ActionForm action={sendOrDropOldMailOfForm} className="mt-3 flex flex-wrap gap-3">
        <Button kind="plain" slim name="do" value="send">
          Send all
        </Button>
        <Button kind="plain" slim name="do" value="drop">
          Send none
        </Button>
      </ActionForm>
    </Notice>
  );
}
