/**
 * Puts what somebody typed to find a caller into the right field of a new client: phone number, e-mail address or name.
 */
export function classifyCallerInput(input: string): { name: string; phone: string; email: string } {
  const words = input.trim();
  const nothing = { name: '', phone: '', email: '' };
  if (/^\S+[@＠]\S+$/.test(words)) return { ...nothing, email: words };
  const digits = words.replace(/[^\p{Nd}]/gu, '').length;
  if (digits >= 5 && !/\p{L}/u.test(words)) return { ...nothing, phone: words };
  return { ...nothing, name: words };
}
