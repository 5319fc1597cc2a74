export function noteAddress({ clientId, uid }: { clientId: string; uid: string }): string {
  return `/practice/clients/${clientId}/notes/${uid}`;
}
