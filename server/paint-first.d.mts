import type { RequestListener } from 'node:http';

export function paintFirst(html: string): string;
export function servePaintFirst(isRead: (path: string) => boolean, handle: RequestListener): RequestListener;
