export default { test: { include: ['test/*.suite.mjs'], testTimeout: 20_000, fileParallelism: false } };
