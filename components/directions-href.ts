/** An address that phones open in the map app of their owner, and computers as a page. */
export function directionsHref({ name, address }: { name: string; address: string }): string {
  return `https://www.google.com/maps/search/?${new URLSearchParams({ api: '1', query: `${name}, ${address}` })}`;
}
