import { sayFirstName } from '@/scheduling/formatting';
import { sanitizeName } from './layout';

/** 'Hello Ana,'; without a name where there is none, or where it could be a link. */
export function greetingTo(clientName: string): string {
  const name = sanitizeName(clientName);
  return name === '' || /[/@]|www\./i.test(name) ? 'Hello,' : `Hello ${sayFirstName(name)},`;
}
