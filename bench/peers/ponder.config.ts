import { createConfig } from 'ponder';
import { parseAbi } from 'viem';

const { PEER_RPC, PEER_COIN, PEER_LAST_BLOCK } = process.env;

export default createConfig({
  chains: { local: { id: 31337, rpc: PEER_RPC } },
  contracts: {
    Coin: {
      chain: 'local',
      abi: parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)']),
      address: PEER_COIN as `0x${string}`,
      startBlock: 0,
      endBlock: Number(PEER_LAST_BLOCK),
    },
  },
});
