/** An address that opens in the map app on phones, and as a web page on computers. */
export function directionsHref({ name, address }: { name: string; address: string }): string {
  return `https://www.google.com/maps/search/?${new URLSearchParams({ api: '1', query: `${name}, ${address}` })}`;
}
