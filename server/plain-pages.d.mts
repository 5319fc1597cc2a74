import type { RequestListener } from 'node:http';

export function isPlain(path: string): boolean;
export function withoutFramework(html: string): string;
export function servePlainPages(handle: RequestListener): RequestListener;
