export function sessionNoteHref({ clientId, uid }: { clientId: string; uid: string }): string {
  return `/practice/clients/${clientId}/notes/${uid}`;
}
