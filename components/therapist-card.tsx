import { Portrait } from './portrait';

interface Props {
  name: string;
  about?: string | undefined;
  portraitId?: string | null | undefined;
}

/** Somebody who works here, for those who choose whom to book with. */
export function TherapistCard({ name, about = '', portraitId = null }: Props) {
  return (
    <div className="flex items-center gap-4">
      <Portrait name={name} portraitId={portraitId} />
      <p className="min-w-0 wrap-anywhere">
        <b className="font-[550]">
          <bdi>{name}</bdi>
        </b>
        {about && <span className="block text-small text-soft">{about}</span>}
      </p>
    </div>
  );
}
