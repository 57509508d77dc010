import { onchainTable, primaryKey } from 'ponder';

export const transfer = onchainTable(
  'transfer',
  (t) => ({
    blockNumber: t.bigint().notNull(),
    blockHash: t.hex().notNull(),
    transactionHash: t.hex().notNull(),
    transactionIndex: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    from: t.hex().notNull(),
    to: t.hex().notNull(),
    value: t.bigint().notNull(),
  }),
  (table) => ({ key: primaryKey({ columns: [table.blockNumber, table.logIndex] }) }),
);

export const account = onchainTable('account', (t) => ({
  address: t.hex().primaryKey(),
  balance: t.bigint().notNull(),
}));
