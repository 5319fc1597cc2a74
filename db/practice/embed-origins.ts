import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import { reader, transact } from '@/db/connection/database-client';
import { practices } from '@/db/schema';

const MOST = 20;
const NAME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LOOPBACK = ['localhost', '127.0.0.1'];

export type ParsedEmbedOrigins = { ok: true; origins: string[] } | { ok: false; reason: 'invalid'; message: string };

/**
 * The sites in a text, one per line. They are written into a header, so only a scheme, a plain host name and a port are
 * let through: no star, quote, semicolon or line end can turn one site into several.
 */
export function parseEmbedOrigins(text: string): ParsedEmbedOrigins {
  const refuse = (message: string) => ({ ok: false, reason: 'invalid', message }) as const;
  const lines = text.split(/[\r\n,]+/).filter((line) => line.trim());
  const named = lines.flatMap((line) =>
    line
      .trim()
      .split(/\s+/)
      .map((name) => ({ name, line: line.trim() })),
  );
  if (named.length > MOST) return refuse(`Please list ${MOST} sites at most.`);
  const origins = new Set<string>();
  for (const { name, line } of named) {
    const origin = name.length <= 300 ? originOf(name) : null;
    if (!origin) return refuse(`“${line.slice(0, 80)}” is not the address of a site, like https://www.example.org.`);
    origins.add(origin);
  }
  return { ok: true, origins: [...origins] };
}

function originOf(line: string): string | null {
  if (!/^https?:\/\/[^/?#@\\\p{Cc}]+\/?$/iu.test(line) || !URL.canParse(line)) return null;
  const { protocol, hostname, origin } = new URL(line);
  if (!NAME.test(hostname)) return null;
  return protocol === 'https:' || LOOPBACK.includes(hostname) ? origin : null;
}

/** The sites that may show the standing times in a frame. */
export async function listEmbedOrigins(): Promise<string[]> {
  const [practice] = await (await reader()).select({ listed: practices.embedOrigins }).from(practices).limit(1);
  // Parsed as strictly as when it was typed, because others may have written to the database.
  const read = parseEmbedOrigins(practice?.listed ?? '');
  return read.ok ? read.origins : [];
}

export async function saveEmbedOrigins(
  viewer: Extract<Viewer, { role: 'owner' }>,
  text: string,
  now: number,
): Promise<ParsedEmbedOrigins> {
  const read = parseEmbedOrigins(text);
  if (!read.ok) return read;
  await transact(async (tx) => {
    await tx.update(practices).set({ embedOrigins: read.origins.join(' ') });
    const facts = { sites: read.origins.length };
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'embed_listed',
      subject: 'practice',
      facts,
    });
  });
  return read;
}
