export interface Network {
  bits: 64 | 56 | 48;
  factor: number;
}
export const NETWORKS: readonly Network[];
export function senderOf(stamped: string): string;
export function networkOf(sender: string, network: Pick<Network, 'bits'>): string | null;
