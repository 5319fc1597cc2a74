import { UploadedPicture } from './uploaded-picture';

interface Props {
  name: string;
  portraitId: string | null;
  large?: boolean;
}

/**
 * A portrait of a team member, or the first letter of their name. It has no alternative text: the name is beside it.
 */
export function Portrait({ name, portraitId, large = false }: Props) {
  const size = large ? 'size-24 text-[2.25rem]' : 'size-14 text-[1.5rem]';
  if (portraitId)
    return <UploadedPicture id={portraitId} size={96} lazy className={`${size} flex-none rounded-full object-cover`} />;
  const [initial = ''] = name.trim();
  return (
    <span
      aria-hidden="true"
      className={`${size} grid flex-none place-items-center rounded-full bg-fill-all font-serif leading-none text-ink forced-colors:border`}
    >
      {initial.toUpperCase()}
    </span>
  );
}
