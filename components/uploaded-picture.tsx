interface Props {
  id: string;
  /** Width and height in pixels: the space that is reserved until the picture loads. */
  size: number;
  lazy?: boolean;
  className: string;
}

/** An uploaded logo or portrait. It has no alternative text: the name is beside it. */
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
