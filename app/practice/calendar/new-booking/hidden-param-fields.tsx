export type NameValuePairs = [name: string, value: string][];

/** The rest of an address, in a form that changes a part of it. */
export function HiddenParamFields({ pairs }: { pairs: NameValuePairs }) {
  return pairs.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
