interface Props {
  id: string;
  /** Its width and height on the page, in pixels: the space that is kept until it comes. */
  size: number;
  lazy?: boolean;
  className: string;
}

/** A logo or portrait as somebody uploaded it. It says nothing: the name stands beside it. */
export function UploadedPicture({ id, size, lazy = false, className }: Props) {
  return (
    // biome-ignore lint/performance/noImgElement: it is small as it was uploaded, and its address never changes
    <img
      src={`/pictures/${id}`}
      alt=""
      width={size}
      height={size}
      loading={lazy ? 'lazy' : undefined}
      className={className}
    />
  );
}
