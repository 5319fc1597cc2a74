export type NameValuePairs = [name: string, value: string][];

/** The other parameters of an address, as hidden fields in a form that changes some of them. */
export function HiddenParamFields({ pairs }: { pairs: NameValuePairs }) {
  return pairs.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
