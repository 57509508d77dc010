/** Wei as a decimal string: a JSON number would lose digits. */
export type Wei = string;

/** 0x-prefixed hexadecimal: addresses, hashes, roots. */
export type Hex = `0x${string}`;

export interface Network {
  asOfBlock: number;
  indexedBlock: number;
  headBlock: number;
  chainId: number;
  emulated: boolean;
  rpcUrl?: string;
  cellsCommitted: number;
  cellsVerified: number;
  cellsSettled: number;
  faultsProved: number;
  nodesActive: number;
  nodesSlashed: number;
  mintedWei: Wei;
  burnedWei: Wei;
  supplyWei: Wei;
  stakedWei: Wei;
  certificatesBySource: Record<string, { count: number; wh: number }>;
  rewardEpochs: number;
  rewardsClaimed: number;
}

export interface Node {
  nodeId: number;
  operator: Hex;
  status: string;
  source: string;
  zone: number;
  jurisdiction: string;
  nameplateWatts: number;
  stakeWei: Wei;
  cellsCommitted: number;
  cellsVerified: number;
  cellsSettled: number;
  faults: number;
  slashedWei: Wei;
  energyWh: number;
  earnedWei: Wei;
}

export interface Cell {
  batchId: string;
  position: number;
  jobId: string;
  nodeId: number;
  /** Known, like the sizes, once a verifier has read the cell. */
  cellIndex: number | null;
  m: number | null;
  n: number | null;
  k: number | null;
  state: 'committed' | 'verified' | 'wrong' | 'settled' | 'voided';
}

export interface Fault {
  faultId: string;
  kind: string;
  batchId: string;
  nodeId: number;
  finder: Hex;
  cellIndex: number;
  row: number;
  column: number;
  claimed: number;
  actual: number;
  slashedWei: Wei;
  blockNumber: number;
  transactionHash: Hex;
  timestamp: number;
}

export interface Certificate {
  id: string;
  nodeId: number;
  source: string;
  zone: number;
  hour: number;
  tier: string;
  gramsPerKwh: number;
  wh: number;
  retiredWh: number;
  footprintMg: number;
}

export interface Retirement {
  retirementId: string;
  id: string;
  account: Hex;
  beneficiary: Hex;
  beneficiaryName: string;
  reason: string;
  wh: number;
  footprintMg: number;
  timestamp: number;
}

export interface TrainingPoint {
  step: number;
  lossMicro: number;
  blockNumber: number;
  timestamp: number;
}

export interface SupplyPoint {
  blockNumber: number;
  timestamp: number;
  mintedWei: Wei;
  burnedWei: Wei;
  supplyWei: Wei;
}

export interface RewardEpoch {
  epoch: number;
  root: Hex;
  totalWei: Wei;
  budgetWei: Wei;
  accounts: number;
  activatesAt: number;
  claims: number;
}
