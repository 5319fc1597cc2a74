import type { ReactNode } from 'react';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';

interface PreferenceFormProps {
  action: (form: FormData) => Promise<void>;
  token: string;
  save?: string;
  children: ReactNode;
}

/** A preference about messages for a client to set. The token in it proves who sets it. */
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
