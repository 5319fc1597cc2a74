'use client';

import { type ChangeEvent, useState } from 'react';
import { FieldError } from './field-error';

const LARGEST_SIDE = 512;

interface Props {
  name: string;
  label: string;
  hint: string;
  error?: string | undefined;
}

/** A picture to upload. With script it is shrunk before it is sent: a phone's picture is too large. */
export function PictureField({ name, label, hint, error }: Props) {
  const [shown, setShown] = useState<string | null>(null);
  async function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    setShown(null);
    if (!file) return;
    const small = await makeSmall(file).catch(() => null);
    if (!small) return;
    const files = new DataTransfer();
    files.items.add(small);
    target.files = files.files;
    setShown(await dataUrlOf(small));
  }
  return (
    <div className="max-w-[36rem]">
      <label htmlFor={name} className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
        {label}
      </label>
      <input
        id={name}
        name={name}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        onChange={choose}
        aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
        aria-invalid={error ? true : undefined}
        className="block w-full min-h-11 text-small file:mr-4 file:min-h-11 file:rounded file:border file:border-edge file:bg-sheet file:px-4 file:text-ink"
      />
      {shown && (
        // biome-ignore lint/performance/noImgElement: it is in memory only
        <img src={shown} alt="How it will be shown" className="mt-3 size-24 rounded object-cover" />
      )}
      <p id={`${name}-hint`} className="mt-2 text-small text-soft">
        {hint}
      </p>
      {error && (
        <FieldError id={`${name}-error`} className="mt-2">
          {error}
        </FieldError>
      )}
    </div>
  );
}

async function makeSmall(file: File): Promise<File | null> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  // PNG and WebP keep a transparent background, which would become black in a JPEG. A browser that writes no WebP writes
  // PNG instead.
  const wanted = file.type === 'image/png' || file.type === 'image/webp' ? file.type : 'image/jpeg';
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, wanted, 0.85));
  return blob && new File([blob], `picture.${blob.type.slice(6)}`, { type: blob.type });
}

function dataUrlOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
