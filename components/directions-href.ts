/**
 * A link that opens the visitor's own map app: Apple's on its devices, the one that is chosen on an Android phone, and
 * elsewhere a map in the browser.
 */
export function directionsHref({ name, address }: { name: string; address: string }, userAgent: string | null): string {
  const place = `${name}, ${address}`;
  if (/\b(iPhone|iPad|Macintosh)\b/.test(userAgent ?? '')) {
    return `https://maps.apple.com/?${new URLSearchParams({ q: place })}`;
  }
  // The browser inside another app ("wv") opens no other app. A map app does not read "+" as a space here.
  if (/\bAndroid\b/.test(userAgent ?? '') && !/; wv\)/.test(userAgent ?? ''))
    return `geo:0,0?q=${encodeURIComponent(place)}`;
  return `https://www.google.com/maps/search/?${new URLSearchParams({ api: '1', query: place })}`;
}
