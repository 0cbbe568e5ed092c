// Everything, for the runtimes where size does not matter: all entries there are names out of one bundle, so that a
// class is the same wherever it was imported from.

export * from "./web/index.js";
export * as express from "./web/express.js";
export * as fastify from "./web/fastify.js";
