import type { ReactNode } from 'react';
import { Portrait } from './portrait';

interface Props {
  name: string;
  about?: string | undefined;
  portraitId?: string | null | undefined;
  /** More about them, in lines below. */
  children?: ReactNode;
}

/** A therapist, for clients who choose whom to book with. */
export function TherapistCard({ name, about = '', portraitId = null, children }: Props) {
  return (
    <div className="flex items-center gap-4">
      <Portrait name={name} portraitId={portraitId} />
      <div className="min-w-0 wrap-anywhere">
        <p>
          <b className="font-[550]">
            <bdi>{name}</bdi>
          </b>
          {about && <span className="block text-small text-soft">{about}</span>}
        </p>
        {children}
      </div>
    </div>
  );
}
