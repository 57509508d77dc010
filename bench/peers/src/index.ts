import { ponder } from 'ponder:registry';
import { account, transfer } from 'ponder:schema';
import { zeroAddress } from 'viem';

ponder.on('Coin:Transfer', async ({ event, context }) => {
  const { from, to, value } = event.args;
  await context.db.insert(transfer).values({
    blockNumber: event.block.number,
    blockHash: event.block.hash,
    transactionHash: event.transaction.hash,
    transactionIndex: event.transaction.transactionIndex,
    logIndex: event.log.logIndex,
    from,
    to,
    value,
  });
  if (from !== zeroAddress) {
    await context.db
      .insert(account)
      .values({ address: from, balance: -value })
      .onConflictDoUpdate((row) => ({ balance: row.balance - value }));
  }
  if (to !== zeroAddress) {
    await context.db
      .insert(account)
      .values({ address: to, balance: value })
      .onConflictDoUpdate((row) => ({ balance: row.balance + value }));
  }
});
