import type { ReactNode } from 'react';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';

interface PreferenceFormProps {
  action: (form: FormData) => Promise<void>;
  token: string;
  save?: string;
  children: ReactNode;
}

/** Something of their messages for a client to choose. The token in it is the proof of who does. */
export function MessagePreferenceForm({ action, token, save = 'Save', children }: PreferenceFormProps) {
  return (
    <ActionForm action={action} className="max-w-[36rem] print:hidden">
      <input type="hidden" name="token" value={token} />
      {children}
      <div className="mt-3">
        <Button kind="plain" slim>
          {save}
        </Button>
      </div>
    </ActionForm>
  );
}
