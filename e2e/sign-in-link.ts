import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSignInUrl } from '@/db/access/sign-in-url';
import Sqlite from '@/db/connection/sqlite-library';

// No mail server is set in these runs, so this makes the link as the worker would: from the outbox and the server's
// secret.
export function makeSignInLink(email: string, baseUrl: string): string {
  const folder = process.env.E2E_DATA_DIR!;
  const database = new Sqlite(path.join(folder, 'fortnight.db'), { readonly: true });
  const facts = database
    .prepare("select facts from outbox where kind = 'sign_in' and to_email = ? order by created_at desc limit 1")
    .pluck()
    .get(email) as string;
  database.close();
  process.env.AUTH_SECRET = readFileSync(path.join(folder, 'auth-secret'), 'utf8').trim();
  process.env.BASE_URL = baseUrl;
  return buildSignInUrl(JSON.parse(facts), email);
}
