export function costOf(request: { method: string; url: string }): number;
