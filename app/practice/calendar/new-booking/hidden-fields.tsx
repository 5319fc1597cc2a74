export type Pairs = [name: string, value: string][];

/** The rest of an address, in a form that changes a part of it. */
export function HiddenFields({ pairs }: { pairs: Pairs }) {
  return pairs.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
