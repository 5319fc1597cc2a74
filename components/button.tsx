import type { ComponentProps } from 'react';

interface Shape {
  /** One `fill` a screen; everything beside it is `plain`. */
  kind?: 'fill' | 'plain' | 'cancel';
  slim?: boolean;
  /** As wide as the page on a phone. */
  broad?: boolean;
}

const kinds = {
  fill: 'border border-euc bg-euc text-on-euc hover:border-euc-deep hover:bg-euc-deep hover:text-on-euc',
  plain: 'border border-edge bg-transparent text-ink hover:bg-sand hover:text-ink',
  /** For giving a time away: a hurried thumb must never mistake it for "go on". */
  cancel: 'border-2 border-clay bg-transparent text-clay hover:bg-sand hover:text-clay',
};

function shape({ kind = 'fill', slim, broad }: Shape): string {
  const size = slim ? 'min-h-11 px-4 text-[0.9375rem]' : 'min-h-13 px-6 text-ui';
  const width = broad ? 'w-full mid:w-auto' : '';
  return `inline-flex items-center justify-center rounded text-center leading-5 font-[550] no-underline transition-colors ${size} ${width} ${kinds[kind]}`;
}

export function Button({
  kind,
  slim,
  broad,
  className = '',
  type = 'submit',
  ...rest
}: Shape & ComponentProps<'button'>) {
  return <button type={type} className={`${shape({ kind, slim, broad })} ${className}`} {...rest} />;
}

/** A link that looks like a button. */
export function ButtonLink({
  kind,
  slim,
  broad,
  className = '',
  ...rest
}: Shape & ComponentProps<'a'> & { href: string }) {
  return <a className={`${shape({ kind, slim, broad })} ${className}`} {...rest} />;
}
