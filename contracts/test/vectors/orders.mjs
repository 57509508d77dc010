// EIP-712 digests and signatures of orders, computed by viem and by ethers, neither of which knows the contracts.
// `node contracts/test/vectors/orders.mjs` writes orders.json; `--check` exits with 1 when it says anything else.
import { readFileSync, writeFileSync } from 'node:fs';
import { Signature, TypedDataEncoder, Wallet } from 'ethers';
import { hashTypedData, keccak256, pad, toHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

const COUNT = 24;
const types = {
  Order: [
    { name: 'maker', type: 'address' },
    { name: 'taker', type: 'address' },
    { name: 'offeredId', type: 'uint256' },
    { name: 'offeredPerPart', type: 'uint128' },
    { name: 'wantedId', type: 'uint256' },
    { name: 'wantedPerPart', type: 'uint128' },
    { name: 'parts', type: 'uint96' },
    { name: 'counter', type: 'uint64' },
    { name: 'expiresAt', type: 'uint64' },
    { name: 'salt', type: 'uint256' },
  ],
};

const file = new URL('orders.json', import.meta.url);
const vectors = [];
for (let index = 0; index < COUNT; index += 1) vectors.push(await vector(index));
const plain = (_, value) => typeof value === 'bigint' ? String(value) : value;
const text = `${JSON.stringify({ orders: vectors }, plain, 1)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('orders.json is not what viem and ethers compute: run `node contracts/test/vectors/orders.mjs`.');
  process.exit(1);
}

async function vector(index) {
  const random = (name) => keccak256(new TextEncoder().encode(`${index} ${name}`));
  const privateKey = random('key');
  const account = privateKeyToAccount(privateKey);
  const order = { maker: account.address };
  for (const { name, type } of types.Order.slice(1)) order[name] = value(index, random(name), type);
  const domain = {
    name: 'Gplusck CarbonMarket',
    version: '1',
    chainId: BigInt(random('chain')) % 2n ** 53n,
    verifyingContract: value(index, random('market'), 'address'),
  };
  const typed = { domain, types, primaryType: 'Order', message: order };
  const digest = agree('digest', hashTypedData(typed), TypedDataEncoder.hash(domain, types, order));
  const signed = Signature.from(await new Wallet(privateKey).signTypedData(domain, types, order)).serialized;
  const signature = agree('signature', await account.signTypedData(typed), signed);
  return { chainId: domain.chainId, market: domain.verifyingContract, ...order, digest, signature };
}

// The first two orders have every member at its least and at its most.
function value(index, random, type) {
  const bits = type === 'address' ? 160n : BigInt(type.slice(4));
  const most = 2n ** bits - 1n;
  const integer = [0n, most][index] ?? BigInt(random) & most;
  return type === 'address' ? pad(toHex(integer), { size: 20 }) : integer;
}

function agree(what, viem, ethers) {
  if (viem !== ethers) throw new Error(`viem and ethers differ on a ${what}: ${viem}, ${ethers}`);
  return viem;
}
