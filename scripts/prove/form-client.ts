// Fills and sends the forms of pages as a browser without script does. Each sender keeps its own cookies.

export interface FormClient {
  address: string;
  /** Sent with every request; says where it comes from. */
  headers: Record<string, string>;
  cookies: Map<string, string>;
}

export function createFormClient(address: string, headers: Record<string, string> = {}): FormClient {
  return { address, headers, cookies: new Map() };
}

export async function fetchPage({ address, headers, cookies }: FormClient, page: string, more: RequestInit = {}) {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const sent = { ...headers, ...(more.headers as object), ...(cookie && { Cookie: cookie }) };
  const answer = await fetch(address + page, { redirect: 'manual', ...more, headers: sent });
  for (const set of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    if (name) cookies.set(name, value ?? '');
  }
  return { status: answer.status, text: await answer.text(), leadsTo: answer.headers.get('location') };
}

/** The hidden fields of the form on the page that has a field of this name and changes something. */
export async function readHiddenFields(sender: FormClient, page: string, field: string): Promise<Map<string, string>> {
  const { status, text } = await fetchPage(sender, page);
  const found = findForm(text, field);
  if (!found) throw new Error(`${page} answered ${status}, without a form that has the field ${field}`);
  return found.hidden;
}

/** That form on a page: its hidden fields, and the choices of the field, or of another of its fields. */
export function findForm(
  html: string,
  field: string,
  radioName = field,
): { hidden: Map<string, string>; choices: string[] } | null {
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((form) => form.includes(`name="${field}"`) && !/^<form[^>]* method="get"/.test(form));
  if (!form) return null;
  const inputs = form.match(/<input[^>]*>/g) ?? [];
  const isOf = (type: string) => (input: string) => attributeOf(input, 'type') === type;
  const chosen = inputs.filter(isOf('radio')).filter((input) => attributeOf(input, 'name') === radioName);
  return {
    hidden: new Map(
      inputs.filter(isOf('hidden')).map((input) => [attributeOf(input, 'name'), attributeOf(input, 'value')]),
    ),
    choices: chosen.map((input) => attributeOf(input, 'value')),
  };
}

export function submitForm(sender: FormClient, page: string, fields: Iterable<[string, string]>) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return fetchPage(sender, page, { method: 'POST', body, headers: { 'Sec-Fetch-Site': 'same-origin' } });
}

function attributeOf(tag: string, name: string): string {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
