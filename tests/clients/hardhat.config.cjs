// `hardhat node` as it comes; it refuses to start without a configuration.
module.exports = { solidity: '0.8.24' };
